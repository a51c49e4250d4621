import type { RejectionStage } from '../../../lib/access/why-not/link';
import type { Editor } from './editor';

/** A fault in the ETL example, and the first link that it breaks. */
export interface Fault {
  readonly name: string;
  readonly stage: RejectionStage;
  readonly plant: (edit: Editor) => void;
}

import { fullFormats } from 'ajv-formats/dist/formats';
import type Ajv from './ajv';

/** Registers the formats of `ajv-formats` without its keywords, which need the compiler and which no schema uses. */
export default function addFormats(ajv: Ajv): void {
  for (const [name, format] of Object.entries(fullFormats)) ajv.addFormat(name, format);
}

import { INLINE_POLICIES, POLICY_ATTACHMENTS } from '../../access/edges/aws-identity-policies';
import { RESOURCE_POLICIES, resourcePolicies } from '../../access/edges/aws-policy-arguments';
import { isComputedCopy } from '../../model/computed';
import { ModelIndex } from '../../model/model-index';
import type { Model, ModelResource } from '../../model/model';
import { isModelObject, isUnset, type ModelValue } from '../../model/values/value';
import { holderOf, nameOf, policyOf, textOf } from './document-names';
import { plain } from './plain-value';

/** Document of one subject, from one or more resources. */
export interface SubjectDocument {
  /** Kind of the comparison. */
  readonly kind: 'aws-policy' | 'aws-trust';
  /** Subject, for example `role etl-bridge`. */
  readonly subject: string;
  /** Statements of all resources together. */
  readonly statements: readonly unknown[];
  /** Parts that are not known: names of managed policies of AWS, and addresses of documents that are known after apply. */
  readonly unknown: readonly string[];
  /** Resources that state it, each with its part. */
  readonly parts: readonly DocumentPart[];
}

/** Part of a document that one resource states. */
export interface DocumentPart {
  /** The resource, and the managed policy that it attaches. */
  readonly resources: readonly ModelResource[];
  readonly content: Content;
}

/** Prefix of the subject of a managed policy that no resource of the plans attaches. Other stacks or tools can do so. */
export const MANAGED = 'managed policy ';

/** Documents of AWS by subject. */
export type AwsDocuments = ReadonlyMap<string, SubjectDocument>;

/** Documents of AWS in a model. */
export function awsDocuments(model: Model): AwsDocuments {
  return new DocumentReader(model).read();
}

/** Resources that state a part of a document. */
export function statingResources(documents: AwsDocuments): readonly ModelResource[] {
  return [...documents.values()].flatMap(({ parts }) => parts.flatMap(({ resources }) => resources));
}

/** Type of the resource of a policy: `aws_s3_bucket` for both `aws_s3_bucket_policy` and `aws_s3_bucket`. */
const subjectType = ({ type }: ModelResource) => type.replace(/_policy$/, '');

/** Words for the resource of a policy, for example `s3 bucket`. */
const resourceWords = (policy: ModelResource) =>
  subjectType(policy).replace(/^aws_/, '').replaceAll('_', ' ');

/** Attributes with which a policy can identify its resource. */
const IDENTIFIERS = ['arn', 'id', 'key_id', 'url'];

class DocumentReader {
  private readonly index: ModelIndex;
  private readonly resources: readonly ModelResource[];
  private readonly found = new Map<string, SubjectDocument>();
  private readonly attached = new Set<ModelResource>();
  /** Resources by their type and each of their identifiers. */
  private readonly identified: ReadonlyMap<string, ModelResource>;

  constructor(model: Model) {
    this.index = new ModelIndex(model);
    this.resources = model.stacks
      .flatMap(({ resources }) => resources)
      .filter(({ mode, type }) => mode === 'managed' && type.startsWith('aws_'));
    this.identified = new Map(
      this.resources.flatMap((resource) =>
        IDENTIFIERS.flatMap((name) => {
          const identifier = resource.values[name];
          return typeof identifier === 'string' ? [[`${resource.type} ${identifier}`, resource]] : [];
        }),
      ),
    );
  }

  public read(): AwsDocuments {
    for (const resource of this.resources) this.readResource(resource);
    for (const policy of this.attached) this.found.delete(this.managedSubject(policy));
    return this.found;
  }

  private readResource(resource: ModelResource): void {
    const { type, values } = resource;
    const inline = INLINE_POLICIES[type];
    const attachment = POLICY_ATTACHMENTS[type];
    if (type === 'aws_iam_role') {
      this.readRole(resource);
    } else if (type === 'aws_iam_policy') {
      this.add(this.managedSubject(resource), [resource], this.content(resource, 'policy'));
    } else if (inline) {
      const subject = `${inline.holder} ${holderOf(this.index, resource, values[inline.argument])}`;
      this.add(subject, [resource], this.content(resource, 'policy'));
    } else if (attachment) {
      for (const { argument, holder } of attachment.holders) {
        for (const identity of listOf(values[argument])) {
          const subject = `${holder} ${holderOf(this.index, resource, identity)}`;
          for (const arn of listOf(values[attachment.policies])) this.addManaged(subject, resource, arn);
        }
      }
    } else {
      for (const { path, document } of resourcePolicies(this.index, resource)) {
        if (document.kind === 'invalid') continue;
        this.add(this.policedSubject(resource), [resource], this.content(resource, path));
      }
    }
  }

  private readRole(role: ModelResource): void {
    const name = nameOf(this.index, role, 'name');
    this.add(`trust of role ${name}`, [role], this.content(role, 'assume_role_policy'), 'aws-trust');
    // The provider computes both from the policies and attachments of other resources too.
    const { inline_policy: inline, managed_policy_arns: attached } = role.values;
    for (const [path, value] of isComputedCopy(role, 'inline_policy') ? [] : inlineOf(inline)) {
      this.add(`role ${name}`, [role], statementsOf(this.index, role, path, value));
    }
    for (const arn of isComputedCopy(role, 'managed_policy_arns') ? [] : listOf(attached)) {
      this.addManaged(`role ${name}`, role, arn);
    }
  }

  /** The resource of a policy. A policy in an argument and one with the ARN of the resource have the same subject. */
  private policedSubject(policy: ModelResource): string {
    const name = argumentName(this.index, policy);
    const declared = this.identified.get(`${subjectType(policy)} ${name}`);
    return `${resourceWords(policy)} ${declared ? argumentName(this.index, declared) : name}`;
  }

  private managedSubject(policy: ModelResource): string {
    return `${MANAGED}${nameOf(this.index, policy, 'name')}`;
  }

  private content(resource: ModelResource, path: string): Content {
    return statementsOf(this.index, resource, path, resource.values[path]);
  }

  /** Adds a managed policy: its document if a stack declares it, else its name. */
  private addManaged(subject: string, resource: ModelResource, arn: ModelValue | undefined): void {
    const policy = policyOf(this.index, resource, arn, this.resources);
    if (policy === undefined) {
      this.add(subject, [resource], [[], [`managed policy ${textOf(this.index, resource, arn)}`]]);
      return;
    }
    this.attached.add(policy);
    this.add(subject, [policy, resource], this.content(policy, 'policy'));
  }

  private add(
    subject: string,
    resources: readonly ModelResource[],
    content: Content,
    kind: SubjectDocument['kind'] = 'aws-policy',
  ): void {
    const [statements, unknown] = content;
    const known = this.found.get(subject);
    this.found.set(subject, {
      kind,
      subject,
      statements: [...(known?.statements ?? []), ...statements],
      unknown: [...(known?.unknown ?? []), ...unknown].sort(),
      parts: [...(known?.parts ?? []), { resources, content }],
    });
  }
}

/** Name of the resource of a policy by the argument that identifies it. */
const argumentName = (index: ModelIndex, policy: ModelResource) =>
  nameOf(index, policy, RESOURCE_POLICIES[policy.type]?.resource ?? '');

/** Statements of a document, and the parts that are not known. */
type Content = readonly [readonly unknown[], readonly string[]];

/** Inline policies of a role in blocks. Blocks that only Terraform knows are one unknown document. */
function inlineOf(blocks: ModelValue | undefined): readonly (readonly [string, ModelValue])[] {
  return listOf(blocks).flatMap((block) => {
    if (!isModelObject(block)) return [['inline_policy', block] as const];
    return block.policy === undefined ? [] : [['inline_policy', block.policy] as const];
  });
}

function listOf(value: ModelValue | undefined): readonly ModelValue[] {
  if (value === undefined || value === null || isUnset(value)) return [];
  return Array.isArray(value) ? (value as readonly ModelValue[]) : [value];
}

/** Statements of a document, or the address of one that is not known. */
function statementsOf(
  index: ModelIndex,
  resource: ModelResource,
  path: string,
  value: ModelValue | undefined,
): Content {
  if (value === undefined || value === '' || isUnset(value)) return [[], []];
  const document = index.document(resource.stack, value);
  if (document.kind !== 'parsed') return [[], [`${resource.address}: ${path} is known after apply`]];
  const { Statement = [] } = document.value as { readonly Statement?: ModelValue };
  return [[Statement].flat().map(plain), []];
}

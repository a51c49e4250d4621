import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import { Construct, type IConstruct } from 'constructs';
import {
  addMetadataComment,
  descriptionOf,
  justificationOf,
  justificationRules,
  type JustificationProps,
} from '../../core/justification';
import { slug, stableHash } from '../../core/names';
import { dependenciesWithin, type AwaitedResource } from '../../core/ordering';
import { singleLine, optional, type Shape } from '../../core/rules';
import { validate } from '../../core/validation';
import { GoogleGrants } from './grants';
import { emailOf, serviceAccountMember } from './members';
import { accountId as accountIdRule, serviceAccountEmail } from '../../google/names';
import type { IGooglePrincipal } from './principal';
import { checkUniqueName } from '../../core/unique-names';
import { project as projectRule, projectOfDomain, type GoogleProject } from '../../google/project';
import { googleProviderRules, type GoogleProviderOptions } from '../../google/options';

/** Options of a Google service account. */
export interface GoogleServiceAccountOptions {
  /**
   * Part of the e-mail before the `@`: 6 to 30 lower-case letters, digits and hyphens.
   * @default - made of the construct path
   */
  readonly accountId?: string;
  /**
   * Name shown in the console: at most 100 bytes.
   * @default - the account id
   */
  readonly displayName?: string;
  /**
   * Project of the account.
   * @default - the project of the construct that makes it
   */
  readonly project?: GoogleProject;
}

/** Props of a `GoogleServiceAccount`. */
export interface GoogleServiceAccountProps
  extends GoogleServiceAccountOptions, JustificationProps, GoogleProviderOptions {
  /**
   * Project of the account.
   * @default - the project of `Defaults.of(scope)`; required if no scope has one
   */
  readonly project?: GoogleProject;
}

/** A Google service account, made here or elsewhere. */
export interface IGoogleServiceAccount extends IGooglePrincipal {
  /** E-mail. Known at synth. */
  readonly email: string;
  /** IAM member, `serviceAccount:EMAIL`. Known at synth. */
  readonly member: string;
  /** Full name, `projects/PROJECT/serviceAccounts/EMAIL`. Known at synth. */
  readonly resourceName: string;
}

/** Options of an imported account. */
export interface ImportedServiceAccountOptions extends GoogleProviderOptions {
  /**
   * Reason of grants that have none.
   * @default - "an account that was made elsewhere"
   */
  readonly reason?: string;
}

/** Rules of the options, for constructs that take them. */
export const serviceAccountOptionRules = {
  accountId: optional(accountIdRule),
  displayName: optional(singleLine(100)),
  project: optional(projectRule),
};

const accountRules: Shape<GoogleServiceAccountProps> = {
  ...justificationRules,
  ...serviceAccountOptionRules,
  project: projectRule,
  ...googleProviderRules,
};

/** A service account of Google Cloud without a key. Each identity that impersonates it needs a binding. */
export class GoogleServiceAccount extends Construct implements IGoogleServiceAccount {
  /**
   * An account that exists already, in any project.
   * @param email its e-mail, which names the project
   */
  public static fromEmail(
    scope: Construct,
    id: string,
    email: string,
    options: ImportedServiceAccountOptions = {},
  ): IGoogleServiceAccount & { readonly grants: GoogleGrants } {
    return new ImportedServiceAccount(scope, id, email, options);
  }

  /** E-mail address of the account. Known at synth. */
  public readonly email: string;
  /** IAM member, `serviceAccount:EMAIL`. Known at synth. */
  public readonly member: string;
  /** IAM members of the identity. Known at synth. */
  public readonly members: readonly string[];
  /** Resource name: `projects/PROJECT/serviceAccounts/EMAIL`. Known at synth. */
  public readonly resourceName: string;
  /** Roles of the account: `account.grants.bucketReader(bucket, { reason })`. */
  public readonly grants: GoogleGrants;
  private readonly account: ServiceAccount;

  constructor(scope: Construct, id: string, given: GoogleServiceAccountProps) {
    super(scope, id);
    const accountIdOf = ({ accountId }: GoogleServiceAccountProps) =>
      accountId ?? accountIdFrom(this.node.path);
    const props = validate(this, given, accountRules, (values, report) => {
      const among = `service accounts of the project ${values.project.id}`;
      checkUniqueName(this, { property: 'accountId', name: accountIdOf(values), among }, report);
    });
    const accountId = accountIdOf(props);
    this.email = emailOf(accountId, props.project.id);
    this.member = serviceAccountMember(this.email);
    this.members = [this.member];
    this.resourceName = `projects/${props.project.id}/serviceAccounts/${this.email}`;
    this.account = new ServiceAccount(this, 'account', {
      project: props.project.id,
      accountId,
      displayName: props.displayName ?? accountId,
      description: descriptionOf(props),
      provider: props.googleProvider,
    });
    this.node.defaultChild = this.account;
    addMetadataComment(this.account, { ...justificationOf(props) });
    this.grants = new GoogleGrants(this, this, props, props.googleProvider);
  }

  /** Resources that a consumer in the stack of `scope` must wait for. */
  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    return dependenciesWithin(scope, [this.account]);
  }
}

/** An id has at least six characters, so a short path gets a hash. */
function accountIdFrom(path: string): string {
  const id = slug(path.replaceAll('/', '-'), 30);
  return id.length < 6 ? `${id}-${stableHash(path)}` : id;
}

class ImportedServiceAccount extends Construct implements IGoogleServiceAccount {
  public readonly member: string;
  public readonly members: readonly string[];
  public readonly resourceName: string;
  public readonly grants: GoogleGrants;

  constructor(
    scope: Construct,
    id: string,
    public readonly email: string,
    options: ImportedServiceAccountOptions,
  ) {
    super(scope, id);
    validate(
      this,
      { email, ...options },
      {
        email: serviceAccountEmail,
        reason: optional(justificationRules.reason),
        ...googleProviderRules,
      },
    );
    // "-" is a wildcard for the project of the account. https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts
    const domain = /@([a-z0-9.-]+)\.iam\.gserviceaccount\.com$/.exec(email)?.[1];
    const project = domain === undefined ? '-' : projectOfDomain(domain);
    this.member = serviceAccountMember(email);
    this.members = [this.member];
    this.resourceName = `projects/${project}/serviceAccounts/${email}`;
    const reason = options.reason ?? 'an account that was made elsewhere';
    this.grants = new GoogleGrants(this, this, { reason }, options.googleProvider);
  }

  public dependenciesIn(): AwaitedResource[] {
    return [];
  }
}

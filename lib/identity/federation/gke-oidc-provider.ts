import { ValidationError } from '../../core/errors';
import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider';
import { TerraformStack, Token, type TerraformProvider } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import type { WithInherited } from '../../core/inherited';
import {
  addMetadataComment,
  justificationOf,
  justificationRules,
  type JustificationProps,
} from '../../core/justification';
import { stableHash, resolveTokens } from '../../core/names';
import { undefinedIfEmpty, dependenciesWithin, type AwaitedResource } from '../../core/ordering';
import { shareProvider } from '../../core/shared-provider';
import { oncePer } from '../../core/registry';
import { constructLike, matching, type Report, type Rule } from '../../core/rules';
import { problemsOf, validate } from '../../core/validation';
import { awsAccount, oidcProviderArnOf, type AwsAccount } from '../../aws/account';
import { awsProviderRules, type AwsProviderOptions } from '../../aws/options';

/** Audience of the tokens that AWS accepts. */
export const AWS_AUDIENCE = 'sts.amazonaws.com';

const SCOPE = 'gke-oidc-providers';

/** Issuer of tokens for Kubernetes service accounts: a `GkeCluster`, created or imported. */
export interface ITokenIssuer {
  /** URL of the issuer, `https://…`, under which AWS finds its public keys. Known at synth. */
  readonly issuer: string;

  /**
   * Resources that must exist before a role trusts the tokens.
   * @param scope where they are trusted
   */
  dependenciesIn(scope: IConstruct): AwaitedResource[];
}

/** The OIDC provider of an AWS account for one cluster, made here or elsewhere. */
export interface IGkeOidcProvider {
  /** ARN, `arn:aws:iam::ACCOUNT:oidc-provider/HOST/PATH`. Known at synth. */
  readonly arn: string;

  /**
   * Resources that a role with this provider must wait for.
   * @param scope where the role is made
   */
  dependenciesIn(scope: IConstruct): AwaitedResource[];
}

/** Props of a `GkeOidcProvider`. */
export interface GkeOidcProviderProps extends JustificationProps, AwsProviderOptions {
  /** Cluster whose tokens AWS is to know. */
  readonly cluster: ITokenIssuer;
  /**
   * AWS account of the provider.
   * @default - the account of `Defaults.of(scope)`; required if no scope has one
   */
  readonly account?: AwsAccount;
}

const issuer = matching(
  /^https:\/\/[a-z0-9.-]+(:\d+)?(\/[^\s?#]*[^\s?#/])?$/,
  'be an issuer of the form https://HOST/PATH, without a query and without "/" at its end',
);

const madeIssuer = constructLike(
  'a cluster: a GkeCluster, GkeCluster.fromAttributes(…) or GkeCluster.adopt(…)',
  {
    issuer: 'string',
    dependenciesIn: 'function',
  },
);

/** A cluster by what it signs. */
export const tokenIssuer: Rule = (value, property, report) =>
  madeIssuer(value, property, report) && issuer((value as ITokenIssuer).issuer, `${property}.issuer`, report);

export const oidcProvider: Rule = constructLike('a GkeOidcProvider or GkeOidcProvider.fromArn(…)', {
  arn: 'string',
  dependenciesIn: 'function',
});

/**
 * AWS accepts the tokens of a cluster. The trust policies of roles state which of them may assume a role. The provider
 * has no thumbprint: AWS verifies the certificate of a public authority by itself.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
 */
export class GkeOidcProvider extends Construct implements IGkeOidcProvider {
  /**
   * A provider that exists already.
   * @param arn `arn:aws:iam::ACCOUNT:oidc-provider/container.googleapis.com/v1/projects/…`
   */
  public static fromArn(scope: Construct, id: string, arn: string): IGkeOidcProvider {
    return new ImportedOidcProvider(scope, id, arn);
  }

  /**
   * The provider that the app makes for a cluster in an account, if it makes one.
   * @throws ValidationError if the account is invalid or not known at synth
   */
  public static tryFind(
    scope: IConstruct,
    cluster: ITokenIssuer,
    account: AwsAccount,
  ): GkeOidcProvider | undefined {
    const [problem] = problemsOf(awsAccount, account, 'account');
    if (problem) throw new ValidationError(scope.node.path, [problem]);
    return madeFor(scope, cluster, account);
  }

  /** ARN of the IAM OIDC provider. */
  public readonly arn: string;
  private readonly resource: IamOpenidConnectProvider;

  constructor(scope: Construct, id: string, given: GkeOidcProviderProps) {
    super(scope, id);
    const props = validate(
      this,
      given,
      {
        ...justificationRules,
        cluster: tokenIssuer,
        account: awsAccount,
        ...awsProviderRules,
      },
      (values, report) => this.isMadeOnce(values, report),
    );
    this.arn = oidcProviderArnOf(props.account, props.cluster.issuer);
    this.node.defaultChild = this.resource = new IamOpenidConnectProvider(this, 'provider', {
      url: props.cluster.issuer,
      clientIdList: [AWS_AUDIENCE],
      dependsOn: undefinedIfEmpty(props.cluster.dependenciesIn(this)),
      provider: props.awsProvider,
    });
    addMetadataComment(this.resource, { ...justificationOf(props) });
    providersOf(this).set(keyOf(this, props.account, props.cluster), this);
  }

  /** Resources that a consumer in the stack of `scope` must wait for. */
  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    return dependenciesWithin(scope, [this.resource]);
  }

  private isMadeOnce({ cluster, account }: WithInherited<GkeOidcProviderProps>, report: Report): void {
    const other = madeFor(this, cluster, account);
    if (other) report({ ...madeBy(other), property: 'cluster', value: cluster.issuer });
  }
}

/** The providers of the app, by account and issuer. */
function providersOf(scope: IConstruct): Map<string, GkeOidcProvider> {
  return oncePer(scope.node.root, 'gke-oidc-providers', () => new Map<string, GkeOidcProvider>());
}

function madeFor(scope: IConstruct, cluster: ITokenIssuer, account: AwsAccount): GkeOidcProvider | undefined {
  return providersOf(scope).get(keyOf(scope, account, cluster));
}

/** An account has one provider for an issuer, whichever stack makes it. */
export function madeBy(other: GkeOidcProvider): { readonly rule: string; readonly fix: string } {
  return {
    rule: `be a cluster whose issuer has no OIDC provider in the account yet: ${other.node.path} creates it`,
    fix: 'Pass the existing one as oidcProvider.',
  };
}

/**
 * The OIDC provider of a cluster in an account: the one that this stack has, or a new one that all roles of the stack
 * share.
 */
export function sharedOidcProvider(
  scope: IConstruct,
  cluster: ITokenIssuer,
  account: AwsAccount,
  awsProvider?: TerraformProvider,
  reason = 'roles that trust pods of the cluster share it',
): IGkeOidcProvider {
  const stack = TerraformStack.of(scope);
  const shared = stack.node.tryFindChild(SCOPE) as Construct | undefined;
  const found = madeFor(scope, cluster, account);
  if (found) {
    if (found.node.scope === shared)
      shareProvider(found.node.defaultChild as IamOpenidConnectProvider, awsProvider);
    return found;
  }
  const owner = shared ?? new Construct(stack, SCOPE);
  return new GkeOidcProvider(owner, stableHash(keyOf(scope, account, cluster)), {
    cluster,
    account,
    awsProvider,
    reason,
  });
}

/** Resolves tokens in their stack, because their numbers differ between runs. */
function keyOf(scope: IConstruct, account: AwsAccount, { issuer }: ITokenIssuer): string {
  const arn = oidcProviderArnOf(account, issuer);
  if (!Token.isUnresolved(arn)) return arn;
  const stack = TerraformStack.of(scope);
  return JSON.stringify([stack.node.path, resolveTokens(stack, [arn])]);
}

const providerArn = matching(
  /^arn:aws[\w-]*:iam::\d{12}:oidc-provider\/[^\s/]+(\/[^\s]+)?$/,
  'be the ARN of an OIDC provider, arn:aws:iam::ACCOUNT:oidc-provider/HOST/PATH',
);

class ImportedOidcProvider extends Construct implements IGkeOidcProvider {
  constructor(
    scope: Construct,
    id: string,
    public readonly arn: string,
  ) {
    super(scope, id);
    validate(this, { arn }, { arn: providerArn });
  }

  public dependenciesIn(): AwaitedResource[] {
    return [];
  }
}

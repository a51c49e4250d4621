import type { TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { AwaitedResource } from '../../core/ordering';
import type { AwsPolicyStatement } from '../../aws/policy-statement';

/** A volume with a token of the pod's service account, in the words of a Kubernetes manifest. */
export interface ServiceAccountTokenVolume {
  /** Name of the volume in the pod. */
  readonly name: string;
  /** Projected token of the service account. */
  readonly projected: {
    /** Sources of the volume: one token. */
    readonly sources: readonly [
      {
        readonly serviceAccountToken: {
          /** Audience of the token. */
          readonly audience: string;
          /** Seconds that a token lives; Kubernetes renews it in time. */
          readonly expirationSeconds: number;
          /** Name of the file in the volume. */
          readonly path: string;
        };
      },
    ];
  };
}

/** Volume mount of a container, as in a Kubernetes manifest. */
export interface ServiceAccountTokenVolumeMount {
  /** Name of the volume. */
  readonly name: string;
  /** Folder in the container. */
  readonly mountPath: string;
  /** Access to the volume. */
  readonly readOnly: true;
}

/** An AWS role that pods of one Kubernetes service account take on: what a `Workload` or a Job needs of it. */
export interface IPodAwsRole {
  /** Namespace of the pods. */
  readonly namespace: string;
  /** Kubernetes service account of the pods. */
  readonly serviceAccountName: string;
  /** Environment variables that every AWS SDK reads. No secret is in them. */
  readonly environment: Readonly<Record<string, string>>;
  /** Volume of the pod with the token that AWS takes. */
  readonly tokenVolume: ServiceAccountTokenVolume;
  /** Volume mount of the token. */
  readonly tokenVolumeMount: ServiceAccountTokenVolumeMount;

  /**
   * Resources that pods must wait for to start with their access: the role and its permissions so far.
   * @param scope where the pods are made
   */
  podDependenciesIn(scope: IConstruct): AwaitedResource[];

  /** Allows the role more. */
  addStatement(statement: AwsPolicyStatement): TerraformResource;
}

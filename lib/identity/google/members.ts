/*
 * Names of identities, computed from what is known at synth, so that the app needs neither a data source nor
 * another stack's state. https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity
 */

import { projectDomain } from '../../google/project';

/** Workload identity pool of the GKE clusters of a project. There is one, and it cannot be chosen. */
export function workloadPoolOf(projectId: string): string {
  return `${projectId}.svc.id.goog`;
}

/** E-mail of a service account of a project. */
export function emailOf(accountId: string, projectId: string): string {
  return `${accountId}@${projectDomain(projectId)}.iam.gserviceaccount.com`;
}

/** IAM member of a Google service account. */
export function serviceAccountMember(email: string): string {
  return `serviceAccount:${email}`;
}

/** IAM member of a Kubernetes service account, as `roles/iam.workloadIdentityUser` takes it. */
export function impersonatingMember(workloadPool: string, namespace: string, name: string): string {
  return `serviceAccount:${workloadPool}[${namespace}/${name}]`;
}

function poolPath(projectNumber: string, workloadPool: string): string {
  return `iam.googleapis.com/projects/${projectNumber}/locations/global/workloadIdentityPools/${workloadPool}`;
}

/** IAM member of a Kubernetes service account itself, for roles granted with no Google service account between. */
export function kubernetesPrincipal(
  projectNumber: string,
  workloadPool: string,
  namespace: string,
  name: string,
): string {
  return `principal://${poolPath(projectNumber, workloadPool)}/subject/ns/${namespace}/sa/${name}`;
}

/** IAM member of every Kubernetes service account of a namespace, in all clusters of the pool. */
export function namespacePrincipalSet(
  projectNumber: string,
  workloadPool: string,
  namespace: string,
): string {
  return `principalSet://${poolPath(projectNumber, workloadPool)}/namespace/${namespace}`;
}

/** IAM member of every pod of one cluster. */
export function clusterPrincipalSet(projectNumber: string, workloadPool: string, clusterUri: string): string {
  return `principalSet://${poolPath(projectNumber, workloadPool)}/kubernetes.cluster/${clusterUri}`;
}

/**
 * IAM member of every session of an AWS role.
 * @param poolName full name of the workload identity pool
 * @param assumedRoleArn `arn:aws:sts::ACCOUNT:assumed-role/ROLE`
 */
export function federatedRolePrincipalSet(poolName: string, assumedRoleArn: string): string {
  return `principalSet://iam.googleapis.com/${poolName}/attribute.aws_role/${assumedRoleArn}`;
}

import { googleTarget } from '../../drift/exports/google-resource-names';
import type { LoggedAccess } from '../logged-access';
import { textAt, type Entry } from './fields';

/** Nodes of a resource, of the resources that contain it, and of its project. */
export function googleTargets(
  entry: Entry,
  service: string,
  name: string,
): Pick<LoggedAccess, 'resource' | 'targets' | 'project'> {
  const project =
    textAt(entry, 'resource', 'labels', 'project_id') ||
    (/^projects\/([^/]+)\//.exec(textAt(entry, 'logName'))?.[1] ?? '');
  // A name begins with the host of its service, or it is without it.
  const full = name.startsWith('//') ? name : `//${service}/${name}`;
  const email =
    textAt(entry, 'resource', 'labels', 'email_id') || /\/serviceAccounts\/([^/]+@[^/]+)$/.exec(full)?.[1];
  const providerPath = /workloadIdentityPools\/([^/]+)\/providers\/([^/]+)$/.exec(full);
  return {
    resource: name,
    targets: [
      ...(email === undefined || email === '' ? [] : [`google.serviceAccount/${email}`]),
      ...(providerPath ? [`google.provider/${providerPath[1] ?? ''}/${providerPath[2] ?? ''}`] : []),
      ...containers(full),
      ...(project === '' ? [] : [`google.resource/project:${project}`]),
    ],
    ...(project !== '' && { project }),
  };
}

/** A policy can be on the resource of the name, or on one whose name is a beginning of it. */
function containers(full: string): readonly string[] {
  const parts = full.split('/');
  return parts
    .map((_, index) => googleTarget(parts.slice(0, parts.length - index).join('/')))
    .flatMap((target) =>
      target === undefined
        ? []
        : [
            target.type === 'service_account'
              ? `google.serviceAccount/${target.value}`
              : `google.resource/${target.type}:${target.value}`,
          ],
    );
}

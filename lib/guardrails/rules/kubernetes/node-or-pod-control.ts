import { rule } from '../../rule';
import { all, every, fail, when } from '../../verdict';
import { hasNoNames, names, ROLE_TYPES, roleWith, rulesOf } from './rbac';

/** Resources whose control is control of pods, nodes or the API server. */
const RESOURCES = [
  { resource: 'pods/exec', verbs: ['create', 'get'], why: 'runs commands in every pod' },
  { resource: 'pods/attach', verbs: ['create', 'get'], why: 'attaches to every pod' },
  { resource: 'pods/ephemeralcontainers', verbs: ['update', 'patch'], why: 'adds containers to every pod' },
  {
    resource: 'nodes/proxy',
    verbs: ['create', 'get', 'update', 'patch', 'delete'],
    why: 'calls the kubelet of every node',
  },
  { resource: 'serviceaccounts/token', verbs: ['create'], why: 'obtains tokens of every service account' },
  {
    resource: 'certificatesigningrequests/approval',
    verbs: ['update', 'patch'],
    why: 'approves certificates of any user',
  },
  {
    resource: 'mutatingwebhookconfigurations',
    verbs: ['create', 'update', 'patch'],
    why: 'changes every request',
  },
  {
    resource: 'validatingwebhookconfigurations',
    verbs: ['create', 'update', 'patch'],
    why: 'reads every request',
  },
];

/** Roles that control pods, nodes or requests. */
export const nodeOrPodControl = rule(ROLE_TYPES, {
  id: 'K8S015',
  title: 'Role that controls pods, nodes or requests of others',
  severity: 'error',
  why: 'The user obtains the access of the pods, the nodes or the users that it controls.',
  fix: 'Remove the resource, or name it with resource_names.',
  controls: ['CIS Kubernetes 5.1.10', 'SOC 2 CC6.3'],
  check: (role) =>
    all(
      ...rulesOf(role).flatMap((each) =>
        RESOURCES.flatMap(({ resource, verbs, why }) =>
          when(
            every(names(each.resources, resource), names(each.verbs, '*', ...verbs), hasNoNames(each)),
            fail(`The role ${why}.`, { property: each.rule.self.property, detail: resource }),
          ),
        ),
      ),
    ),
  passes: [
    roleWith({ api_groups: [''], resources: ['pods'], verbs: ['get', 'list'] }),
    roleWith({
      api_groups: [''],
      resources: ['serviceaccounts/token'],
      resource_names: ['ci'],
      verbs: ['create'],
    }),
  ],
  fails: RESOURCES.map(({ resource, verbs }) =>
    roleWith({ api_groups: [''], resources: [resource], verbs: verbs.slice(0, 1) }),
  ),
});

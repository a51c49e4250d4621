import { anyText, argument, argumentList, blocks, elements, type EdgeReader } from './reader';
import { roleForm } from '../permissions/google-permission';
import { attachmentPoint, googlePolicyKind } from '../permissions/google-policy';
import { memberNode } from './google-members';

/** Edges of deny policies, and of access policies with their rules to allow and to deny. */
export const readGooglePolicy: EdgeReader = (resource, context) => {
  const kind = googlePolicyKind(resource.type);
  if (kind === undefined) return;
  const isDeny = kind === 'deny';
  const scope = anyText(
    argument(resource, 'parent', context) ??
      argument(resource, 'project', context) ??
      argument(resource, 'folder', context) ??
      argument(resource, 'organization', context),
  );
  const project = attachmentPoint(scope).replace(/^.*projects\//, '');
  const to = context.graph.node('google.resource', {
    names: [`project:${project}`],
    label: project,
    scope: project,
  });
  const rules = isDeny
    ? 'rules.deny_rule'
    : argumentList(resource, 'details.rules', context).length > 0
      ? 'details.rules'
      : 'rules';
  blocks(context.index.resolve(resource.stack, resource.values), rules).forEach((rule, index) => {
    const list = (name: string) => elements(rule[name]);
    const principals = [...list('denied_principals'), ...list('principals')];
    const permissions = [
      ...list('denied_permissions'),
      ...blocks(rule, 'operation').flatMap(({ permissions: each }) => elements(each)),
    ].map(anyText);
    const exceptions = [...list('exception_principals'), ...list('excluded_principals')].map(anyText);
    const conditions = [
      ...blocks(rule, 'denial_condition').map(({ expression }) => anyText(expression)),
      ...(exceptions.length > 0 ? [`except ${exceptions.join(', ')}`] : []),
    ];
    for (const principal of principals) {
      const from = memberNode(resource, principal, context);
      if (from === undefined) continue;
      // A block of a deny policy has one rule.
      context.graph.edge(resource, `${rules.replace('.deny_rule', '')}[${index}]`, {
        kind: 'grants',
        from,
        to,
        effect: isDeny || rule.effect === 'DENY' ? 'deny' : 'allow',
        permissions: permissions.map(roleForm),
        ...(conditions.length > 0 && { conditions }),
      });
    }
  });
};

import { isComputed } from '../../../model/values/value';
import { rule } from '../../rule';
import { Subject } from '../../subject';
import { any, every, fail, pass } from '../../verdict';

const ISSUER = /container\.googleapis\.com\/v1\/projects\/([^/]+)\/locations\/([^/]+)\/clusters\/([^/]+)$/;
const cluster = { google_container_cluster: { c: { project: 'p', location: 'us-central1', name: 'books' } } };
const provider = (name: string) => ({
  aws_iam_openid_connect_provider: {
    x: {
      url: `https://container.googleapis.com/v1/projects/p/locations/us-central1/clusters/${name}`,
      client_id_list: ['sts.amazonaws.com'],
    },
  },
});

/** OIDC providers for clusters that do not exist. */
export const issuerCluster = rule('aws_iam_openid_connect_provider', {
  id: 'AWS003',
  title: 'Issuer of a GKE cluster that the stacks do not have',
  severity: 'error',
  why: 'AWS rejects the tokens of the pods, or accepts those of a cluster that another team creates under the name.',
  fix: 'Use https://container.googleapis.com/v1/projects/PROJECT/locations/LOCATION/clusters/NAME of your cluster.',
  check: (resource) => {
    const url = resource.value('url');
    const clusters = resource.index
      .ofType('google_container_cluster', 'data.google_container_cluster')
      .map((each) => new Subject(each, resource.index));
    const [, project = '', location = '', name = ''] = ISSUER.exec(url.text) ?? [];
    if (project === '') return isComputed(url.value) && clusters.length > 0 ? url.unknown() : pass;
    const ofProject = clusters.filter((each) => each.value('project').is(project).verdict !== 'fail');
    if (ofProject.length === 0) return pass;
    const missing = fail(`No cluster ${name} exists in ${location}.`, { property: 'url' });
    return any(
      missing,
      ...ofProject.map((each) =>
        every(
          each.value('project').is(project),
          each.value('location').is(location),
          each.value('name').is(name),
        ),
      ),
    );
  },
  passes: [{ resource: { ...cluster, ...provider('books') } }, { resource: provider('elsewhere') }],
  fails: [{ resource: { ...cluster, ...provider('boks') } }],
});

import { rule } from '../../rule';
import { Subject } from '../../subject';
import { fail, pass } from '../../verdict';

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
    const issuer = ISSUER.exec(url.text);
    if (!issuer) return pass;
    const clusters = [...resource.index.ofType('google_container_cluster', 'data.google_container_cluster')];
    const ofProject = clusters.filter(({ values }) => values.project === issuer[1]);
    if (ofProject.length === 0) return pass;
    const found = ofProject
      .map((each) => new Subject(each, resource.index))
      .some((each) => each.value('name').text === issuer[3] && each.value('location').text === issuer[2]);
    return found ? pass : fail(`No cluster ${issuer[3]} exists in ${issuer[2]}.`, { property: 'url' });
  },
  passes: [{ resource: { ...cluster, ...provider('books') } }, { resource: provider('elsewhere') }],
  fails: [{ resource: { ...cluster, ...provider('boks') } }],
});

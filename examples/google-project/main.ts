import { GoogleBetaProvider } from '@cdktf/provider-google-beta/lib/provider';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { skipStackTraces } from 'cdktf-multicloud/core';
import { Defaults } from 'cdktf-multicloud/defaults';
import { GkeCluster, GkeNetwork } from 'cdktf-multicloud/gke';
import { Guardrails } from 'cdktf-multicloud/guardrails';
import { GoogleProjectPrerequisites } from 'cdktf-multicloud/identity';
import { VertexEndpoint } from 'cdktf-multicloud/vertex';

skipStackTraces();

const project = { id: 'shop-prod', number: '300000000001' };
const location = 'us-central1';
const kmsKeyName = `projects/company-keys/locations/${location}/keyRings/shop/cryptoKeys/data`;
const app = new App();
Defaults.of(app).set({ project, location, owner: 'team-shop' });

// The cluster uses a Shared VPC, and a key that another team owns.
const platform = new TerraformStack(app, 'platform');
new GoogleProvider(platform, 'google', { project: project.id, region: location });
new GkeCluster(platform, 'cluster', {
  name: 'shop',
  network: GkeNetwork.fromAttributes(platform, 'network', {
    network: 'projects/company-network/global/networks/shared',
    subnetwork: `projects/company-network/regions/${location}/subnetworks/shop`,
    podsRangeName: 'pods',
    servicesRangeName: 'services',
  }),
  databaseKmsKeyName: kmsKeyName,
});

const models = new TerraformStack(app, 'models');
new GoogleProvider(models, 'google', { project: project.id, region: location });
new VertexEndpoint(models, 'endpoint', {
  displayName: 'product ranking',
  kmsKeyName,
  reason: 'serves the model that ranks products',
});
Guardrails.of(models).acknowledge('VTX007', {
  reason: 'the organization logs data access to Vertex AI in all projects',
  owner: 'team-security',
  until: '2027-12-31',
});

// APIs, service agents and their roles derive from the resources of the other stacks.
const foundation = new TerraformStack(app, 'foundation');
new GoogleProvider(foundation, 'google', { project: project.id, region: location });
const googleBetaProvider = new GoogleBetaProvider(foundation, 'google-beta', { project: project.id });
new GoogleProjectPrerequisites(foundation, 'project', { stacks: [platform, models], googleBetaProvider });

app.synth();

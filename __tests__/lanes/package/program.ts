/** Member that the program gets. */
export const MEMBER =
  'principal://iam.googleapis.com/projects/123456789012/locations/global/' +
  'workloadIdentityPools/my-project.svc.id.goog/subject/ns/books/sa/reader';

/** Statements of a program after its imports, in JavaScript and TypeScript alike. */
export const BODY = `
const stack = new TerraformStack(new App(), 'books');
const cluster = GkeCluster.fromAttributes(stack, 'cluster', {
  project: { id: 'my-project', number: '123456789012' },
  name: 'books',
  location: 'us-central1',
});
const { member } = new WorkloadIdentityBinding(stack, 'books', {
  cluster,
  namespace: 'books',
  serviceAccountName: 'reader',
  reason: 'reads its database password',
});
`;

import { rule } from '../../rule';

/** Notebooks with a public address. */
export const publicNotebook = rule(['google_workbench_instance', 'google_notebooks_instance'], {
  id: 'VTX006',
  title: 'Notebook with a public address',
  severity: 'error',
  why: 'A machine with the data and the identity of a data scientist can be reached from the internet.',
  fix: 'Set gce_setup.disable_public_ip (workbench) or no_public_ip (notebooks) to true.',
  controls: ['SOC 2 CC6.6', 'ISO 27001 A.8.20'],
  check: (notebook) =>
    notebook
      .value(notebook.type === 'google_workbench_instance' ? 'gce_setup.disable_public_ip' : 'no_public_ip')
      .or(false)
      .is(true),
  passes: [{ name: 'x', location: 'us-central1-a', gce_setup: { disable_public_ip: true } }],
  fails: [
    { name: 'x', location: 'us-central1-a' },
    { resource: { google_notebooks_instance: { x: { name: 'x', machine_type: 'e2-medium' } } } },
  ],
});

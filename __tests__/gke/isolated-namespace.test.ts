import { byAddress, resource, testStack } from '../synth';
import { namespace } from './namespace-fixtures';

describe('a namespace', () => {
  test('of the least is closed, but for DNS, the metadata server and Google APIs', () => {
    const stack = testStack();
    namespace(stack);
    expect(byAddress(stack)).toMatchInlineSnapshot(`
     {
       "kubernetes_limit_range_v1.namespace_limits_29F88B9E": {
         "depends_on": [
           "kubernetes_namespace_v1.namespace_67941C3A",
         ],
         "metadata": {
           "name": "container-defaults",
           "namespace": "books",
         },
         "spec": {
           "limit": [
             {
               "default": {
                 "cpu": "250m",
                 "memory": "512Mi",
               },
               "default_request": {
                 "cpu": "250m",
                 "memory": "512Mi",
               },
               "type": "Container",
             },
           ],
         },
       },
       "kubernetes_namespace_v1.namespace_67941C3A": {
         "metadata": {
           "labels": {
             "pod-security.kubernetes.io/audit": "restricted",
             "pod-security.kubernetes.io/enforce": "restricted",
             "pod-security.kubernetes.io/warn": "restricted",
           },
           "name": "books",
         },
       },
       "kubernetes_network_policy_v1.namespace_allow-dns_D058AE12": {
         "depends_on": [
           "kubernetes_namespace_v1.namespace_67941C3A",
         ],
         "metadata": {
           "name": "allow-dns",
           "namespace": "books",
         },
         "spec": {
           "egress": [
             {
               "ports": [
                 {
                   "port": "53",
                   "protocol": "UDP",
                 },
                 {
                   "port": "53",
                   "protocol": "TCP",
                 },
               ],
               "to": [
                 {
                   "namespace_selector": {
                     "match_labels": {
                       "kubernetes.io/metadata.name": "kube-system",
                     },
                   },
                   "pod_selector": {
                     "match_labels": {
                       "k8s-app": "kube-dns",
                     },
                   },
                 },
                 {
                   "namespace_selector": {
                     "match_labels": {
                       "kubernetes.io/metadata.name": "kube-system",
                     },
                   },
                   "pod_selector": {
                     "match_labels": {
                       "k8s-app": "node-local-dns",
                     },
                   },
                 },
                 {
                   "ip_block": {
                     "cidr": "169.254.20.10/32",
                   },
                 },
                 {
                   "ip_block": {
                     "cidr": "169.254.169.254/32",
                   },
                 },
               ],
             },
           ],
           "pod_selector": {},
           "policy_types": [
             "Egress",
           ],
         },
       },
       "kubernetes_network_policy_v1.namespace_allow-google-apis_3B45CF14": {
         "depends_on": [
           "kubernetes_namespace_v1.namespace_67941C3A",
         ],
         "metadata": {
           "name": "allow-google-apis",
           "namespace": "books",
         },
         "spec": {
           "egress": [
             {
               "ports": [
                 {
                   "port": "443",
                   "protocol": "TCP",
                 },
               ],
               "to": [
                 {
                   "ip_block": {
                     "cidr": "0.0.0.0/0",
                     "except": [
                       "10.0.0.0/8",
                       "100.64.0.0/10",
                       "169.254.0.0/16",
                       "172.16.0.0/12",
                       "192.168.0.0/16",
                     ],
                   },
                 },
               ],
             },
           ],
           "pod_selector": {},
           "policy_types": [
             "Egress",
           ],
         },
       },
       "kubernetes_network_policy_v1.namespace_allow-metadata-server_FA50740C": {
         "depends_on": [
           "kubernetes_namespace_v1.namespace_67941C3A",
         ],
         "metadata": {
           "name": "allow-metadata-server",
           "namespace": "books",
         },
         "spec": {
           "egress": [
             {
               "ports": [
                 {
                   "port": "988",
                   "protocol": "TCP",
                 },
               ],
               "to": [
                 {
                   "ip_block": {
                     "cidr": "169.254.169.252/32",
                   },
                 },
               ],
             },
             {
               "ports": [
                 {
                   "port": "80",
                   "protocol": "TCP",
                 },
               ],
               "to": [
                 {
                   "ip_block": {
                     "cidr": "169.254.169.254/32",
                   },
                 },
               ],
             },
           ],
           "pod_selector": {},
           "policy_types": [
             "Egress",
           ],
         },
       },
       "kubernetes_network_policy_v1.namespace_default-deny_19F6F483": {
         "depends_on": [
           "kubernetes_namespace_v1.namespace_67941C3A",
         ],
         "metadata": {
           "name": "default-deny",
           "namespace": "books",
         },
         "spec": {
           "pod_selector": {},
           "policy_types": [
             "Ingress",
             "Egress",
           ],
         },
       },
       "kubernetes_resource_quota_v1.namespace_quota_6F4CBB7B": {
         "depends_on": [
           "kubernetes_namespace_v1.namespace_67941C3A",
         ],
         "metadata": {
           "name": "quota",
           "namespace": "books",
         },
         "spec": {
           "hard": {
             "limits.cpu": "40",
             "limits.memory": "80Gi",
             "pods": "100",
             "requests.cpu": "20",
             "requests.memory": "40Gi",
           },
         },
       },
     }
    `);
  });

  test('has the quota and the defaults that are asked for', () => {
    const stack = testStack();
    namespace(stack, { quota: { pods: '5' }, containerDefaults: { cpu: '1' } });
    expect(resource(stack, 'kubernetes_resource_quota_v1').spec!.hard).toEqual({ pods: '5' });
    expect(resource(stack, 'kubernetes_limit_range_v1').spec!.limit).toEqual([
      {
        type: 'Container',
        default: { cpu: '1', memory: '512Mi' },
        default_request: { cpu: '1', memory: '512Mi' },
      },
    ]);
  });
});

/** Lives of objects that both plug-ins lead: plans, states, errors and waits. */
import type { Properties } from "../unit/lab/providers/runningPlugin.ts";
import type { Life } from "./life.ts";

export const image = "registry.k8s.io/e2e-test-images/agnhost:2.59";
const named = (more: Properties = {}): Properties => ({ metadata: { name: "thing" }, ...more });
const labelled = (labels: Properties, more: Properties = {}): Properties => ({
  metadata: { name: "thing", labels },
  ...more,
});
const annotated = (annotations: Properties, more: Properties): Properties => ({
  metadata: { name: "thing", annotations },
  ...more,
});

/** Of a Deployment that is in each namespace, with one ready pod. */
export const web = { app: "web" };

const port = { name: "http", port: 80, targetPort: 8080 };
const service = (spec: Properties): Properties => named({ spec: { ports: [port], ...spec } });
const selecting = (spec: Properties = {}): Properties => service({ selector: web, ...spec });

const container = (args: readonly string[] = ["pause"]): Properties => ({
  name: "main",
  image,
  args: [...args],
});
const template = (labels: Properties, spec: Properties = {}): Properties => ({
  metadata: { labels },
  spec: { terminationGracePeriodSeconds: 0, containers: [container()], ...spec },
});
const workload = (spec: Properties = {}, labels: Properties = { app: "thing" }): Properties =>
  named({ spec: { selector: { matchLabels: labels }, template: template(labels), ...spec } });
const resources = {
  requests: { cpu: "0.010", memory: "2048Ki" },
  limits: { cpu: "1000m", memory: "1024Mi", "ephemeral-storage": "1e9" },
};
const broken = template(
  { app: "thing" },
  { containers: [{ name: "main", image: "registry.example/none:1" }] },
);

const nlb = { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" };

const configMaps: readonly Life[] = [
  {
    what: "a ConfigMap whose data change",
    type: "core/v1:ConfigMap",
    asked: [named({ data: { a: "1" } }), named({ data: { a: "2" } })],
  },
  {
    what: "a ConfigMap with an automatic name whose data change",
    type: "core/v1:ConfigMap",
    asked: [{ data: { a: "1" } }, { data: { a: "1", b: "2" } }],
  },
  {
    what: "a ConfigMap whose labels change",
    type: "core/v1:ConfigMap",
    asked: [labelled({ a: "1" }), labelled({ a: "2", b: "3" }), named()],
  },
  {
    what: "a ConfigMap that gets its name later",
    type: "core/v1:ConfigMap",
    asked: [{ data: { a: "1" } }, named({ data: { a: "1" } })],
  },
  {
    what: "an immutable ConfigMap",
    type: "core/v1:ConfigMap",
    asked: [named({ immutable: true, data: { a: "1" } }), named({ immutable: true, data: { a: "2" } })],
  },
  {
    what: "a ConfigMap that does not change",
    type: "core/v1:ConfigMap",
    asked: [named({ data: { a: "1" } }), named({ data: { a: "1" } })],
  },
  {
    what: "a ConfigMap that somebody else changes",
    type: "core/v1:ConfigMap",
    asked: [named({ data: { a: "1" } }), named({ data: { a: "1" } })],
    drift: { data: { a: "9" } },
  },
  {
    what: "a ConfigMap that somebody else changes, before a refresh",
    type: "core/v1:ConfigMap",
    asked: [named({ data: { a: "1" } }), named({ data: { a: "1" } })],
    drift: { data: { a: "9" } },
    isRefreshed: true,
  },
  {
    what: "a ConfigMap to which somebody else adds",
    type: "core/v1:ConfigMap",
    asked: [named({ data: { a: "1" } }), named({ data: { a: "1" } })],
    drift: { data: { b: "9" }, metadata: { labels: { c: "d" } } },
  },
];

const secrets: readonly Life[] = [
  {
    what: "a Secret as text that changes",
    type: "core/v1:Secret",
    asked: [named({ stringData: { a: "1" } }), named({ stringData: { a: "2" } })],
  },
  {
    what: "a Secret that the program writes as text, then in base64",
    type: "core/v1:Secret",
    asked: [named({ stringData: { a: "1" } }), named({ data: { a: "MQ==" } })],
    isRefreshed: true,
  },
  {
    what: "a Secret in base64",
    type: "core/v1:Secret",
    asked: [named({ data: { a: "MQ==" } }), named({ data: { a: "MQ==" } })],
  },
  {
    what: "a Secret whose type changes",
    type: "core/v1:Secret",
    asked: [
      named({ type: "Opaque", data: { a: "MQ==" } }),
      named({ type: "example.com/other", data: { a: "MQ==" } }),
    ],
  },
];

const services: readonly Life[] = [
  { what: "a Service with ready pods", type: "core/v1:Service", asked: [selecting()] },
  { what: "a Service without a selector", type: "core/v1:Service", asked: [service({})] },
  {
    what: "a NodePort Service whose type changes",
    type: "core/v1:Service",
    asked: [selecting({ type: "NodePort" }), selecting({ type: "ClusterIP" })],
  },
  {
    what: "a node port that changes",
    type: "core/v1:Service",
    asked: [
      selecting({ type: "NodePort", ports: [{ ...port, nodePort: 30071 }] }),
      selecting({ type: "NodePort", ports: [{ ...port, nodePort: 30072 }] }),
    ],
  },
  {
    what: "a Service that selects no pod",
    type: "core/v1:Service",
    asked: [service({ type: "NodePort", selector: { app: "none" } })],
  },
  {
    what: "a Service with values that Kubernetes does not store",
    type: "core/v1:Service",
    asked: [1, 2].map(() =>
      service({
        clusterIP: "",
        externalIPs: [],
        loadBalancerSourceRanges: [],
        publishNotReadyAddresses: false,
      }),
    ),
    isRefreshed: true,
  },
  { what: "a headless Service", type: "core/v1:Service", asked: [selecting({ clusterIP: "None" })] },
  {
    what: "an ExternalName Service",
    type: "core/v1:Service",
    asked: [named({ spec: { type: "ExternalName", externalName: "example.com" } })],
  },
  {
    what: "a Service whose address changes",
    type: "core/v1:Service",
    asked: [selecting(), selecting({ clusterIP: "None" })],
  },
  {
    what: "a Service with an affinity that changes",
    type: "core/v1:Service",
    asked: [selecting({ sessionAffinity: "ClientIP" }), selecting()],
  },
  {
    what: "a port that is renamed",
    type: "core/v1:Service",
    asked: [
      selecting({ type: "NodePort" }),
      selecting({ type: "NodePort", ports: [{ ...port, name: "web" }] }),
    ],
  },
  {
    what: "a port that is added, then removed",
    type: "core/v1:Service",
    asked: [
      selecting({ type: "NodePort" }),
      selecting({ type: "NodePort", ports: [port, { name: "alt", port: 81 }] }),
      selecting({ type: "NodePort" }),
    ],
  },
  {
    what: "a port's number that changes",
    type: "core/v1:Service",
    asked: [
      selecting({ type: "NodePort" }),
      selecting({ type: "NodePort", ports: [{ ...port, port: 8080 }] }),
    ],
  },
  {
    what: "a Service that gets an annotation",
    type: "core/v1:Service",
    asked: [selecting(), annotated({ "example.com/a": "b" }, { spec: { selector: web, ports: [port] } })],
  },
  {
    what: "a LoadBalancer Service",
    type: "core/v1:Service",
    asked: [annotated(nlb, { spec: { type: "LoadBalancer", selector: web, ports: [port] } })],
  },
  {
    what: "a LoadBalancer Service with policy Local and source ranges",
    type: "core/v1:Service",
    asked: [
      annotated(nlb, {
        spec: {
          type: "LoadBalancer",
          externalTrafficPolicy: "Local",
          loadBalancerSourceRanges: ["203.0.113.0/24"],
          selector: web,
          ports: [port],
        },
      }),
    ],
  },
  {
    what: "a LoadBalancer Service of a class that nobody serves",
    type: "core/v1:Service",
    asked: [selecting({ type: "LoadBalancer", loadBalancerClass: "example.com/nobody" })],
    timeoutSeconds: 5,
  },
  {
    what: "a Service that is not waited for",
    type: "core/v1:Service",
    asked: [
      annotated(
        { "pulumi.com/skipAwait": "true" },
        { spec: { type: "LoadBalancer", loadBalancerClass: "example.com/nobody", ports: [port] } },
      ),
    ],
  },
  {
    what: "a Service whose target port somebody else changes",
    type: "core/v1:Service",
    asked: [selecting(), selecting()],
    drift: { spec: { ports: [{ ...port, protocol: "TCP", targetPort: 9090 }] } },
  },
];

const workloads: readonly Life[] = [
  {
    what: "a Deployment that is scaled",
    type: "apps/v1:Deployment",
    asked: [workload({ replicas: 1 }), workload({ replicas: 2 })],
  },
  {
    what: "a Deployment whose quantities are written otherwise than Kubernetes does",
    type: "apps/v1:Deployment",
    asked: [1, 2].map(() =>
      workload({
        replicas: 1,
        template: template({ app: "thing" }, { containers: [{ ...container(), resources }] }),
      }),
    ),
    isRefreshed: true,
  },
  {
    what: "a Deployment with values that Kubernetes does not store",
    type: "apps/v1:Deployment",
    asked: [1, 2].map(() => ({
      metadata: { name: "thing", labels: {}, annotations: {} },
      spec: {
        minReadySeconds: 0,
        paused: false,
        selector: { matchLabels: { app: "thing" } },
        template: template(
          { app: "thing" },
          {
            hostNetwork: false,
            nodeSelector: {},
            volumes: [],
            containers: [{ ...container(), env: [{ name: "EMPTY", value: "" }], tty: false }],
          },
        ),
      },
    })),
    isRefreshed: true,
  },
  {
    what: "a Deployment that nobody changes, refreshed",
    type: "apps/v1:Deployment",
    asked: [workload(), workload()],
    isRefreshed: true,
  },
  {
    what: "a Deployment whose command changes",
    type: "apps/v1:Deployment",
    asked: [
      workload(),
      workload({ template: template({ app: "thing" }, { containers: [container(["netexec"])] }) }),
    ],
  },
  {
    what: "a Deployment whose selector changes",
    type: "apps/v1:Deployment",
    asked: [workload({ replicas: 0 }), workload({ replicas: 0 }, { app: "other" })],
  },
  {
    what: "a Deployment with an image that is not there",
    type: "apps/v1:Deployment",
    asked: [workload({ template: broken })],
    timeoutSeconds: 8,
  },
  {
    what: "a Deployment that is not waited for",
    type: "apps/v1:Deployment",
    asked: [
      annotated(
        { "pulumi.com/skipAwait": "true" },
        { spec: { selector: { matchLabels: { app: "thing" } }, template: broken } },
      ),
    ],
  },
  {
    what: "a StatefulSet that is scaled",
    type: "apps/v1:StatefulSet",
    asked: [workload({ serviceName: "web", replicas: 1 }), workload({ serviceName: "web", replicas: 2 })],
  },
  {
    what: "a StatefulSet whose Service changes",
    type: "apps/v1:StatefulSet",
    asked: [workload({ serviceName: "web", replicas: 0 }), workload({ serviceName: "other", replicas: 0 })],
  },
  {
    what: "a StatefulSet with an image that is not there",
    type: "apps/v1:StatefulSet",
    asked: [workload({ serviceName: "web", template: broken })],
    timeoutSeconds: 8,
  },
  { what: "a DaemonSet", type: "apps/v1:DaemonSet", asked: [workload()] },
  {
    what: "a Pod",
    type: "core/v1:Pod",
    asked: [named({ spec: { terminationGracePeriodSeconds: 0, containers: [container()] } })],
  },
  {
    what: "a Pod whose command changes",
    type: "core/v1:Pod",
    asked: [
      named({ spec: { terminationGracePeriodSeconds: 0, containers: [container()] } }),
      named({ spec: { terminationGracePeriodSeconds: 0, containers: [container(["netexec"])] } }),
    ],
  },
  {
    what: "a Pod with an image that is not there",
    type: "core/v1:Pod",
    asked: [named({ spec: { containers: [{ name: "main", image: "registry.example/none:1" }] } })],
    timeoutSeconds: 8,
  },
  {
    what: "a Job",
    type: "batch/v1:Job",
    asked: [
      named({
        spec: { template: { spec: { restartPolicy: "Never", containers: [container(["--help"])] } } },
      }),
    ],
  },
  {
    what: "a Job whose parallelism changes",
    type: "batch/v1:Job",
    asked: [
      named({
        spec: { template: { spec: { restartPolicy: "Never", containers: [container(["--help"])] } } },
      }),
      named({
        spec: {
          parallelism: 2,
          template: { spec: { restartPolicy: "Never", containers: [container(["--help"])] } },
        },
      }),
    ],
  },
];

const unawaited: readonly Life[] = [
  {
    what: "an Ingress that no controller serves",
    type: "networking.k8s.io/v1:Ingress",
    asked: [
      named({
        spec: { defaultBackend: { service: { name: "thing", port: { number: 80 } } } },
      }),
    ],
    timeoutSeconds: 5,
  },
  {
    what: "a Deployment whose pods fail for long",
    type: "apps/v1:Deployment",
    asked: [workload({ replicas: 1, template: broken })],
    timeoutSeconds: 45,
  },
];

const rules: readonly Life[] = [
  {
    what: "a PodDisruptionBudget that changes",
    type: "policy/v1:PodDisruptionBudget",
    asked: [
      named({ spec: { minAvailable: 1, selector: { matchLabels: web } } }),
      named({ spec: { minAvailable: "50%", selector: { matchLabels: web } } }),
    ],
  },
  { what: "a ServiceAccount", type: "core/v1:ServiceAccount", asked: [named()] },
  {
    what: "a Role whose rules change",
    type: "rbac.authorization.k8s.io/v1:Role",
    asked: [
      named({ rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }] }),
      named({ rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] }] }),
    ],
  },
  {
    what: "a RoleBinding to another Role",
    type: "rbac.authorization.k8s.io/v1:RoleBinding",
    asked: ["a", "b"].map((name) =>
      named({ roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name } }),
    ),
  },
  { what: "a ClusterRole", type: "rbac.authorization.k8s.io/v1:ClusterRole", asked: [named({ rules: [] })] },
  {
    what: "a Namespace whose labels change",
    type: "core/v1:Namespace",
    asked: [
      { metadata: { name: "oracle-thing" } },
      { metadata: { name: "oracle-thing", labels: { a: "1" } } },
    ],
  },
  {
    what: "a NetworkPolicy",
    type: "networking.k8s.io/v1:NetworkPolicy",
    asked: [named({ spec: { podSelector: {}, policyTypes: ["Ingress"] } })],
  },
  {
    what: "a ResourceQuota",
    type: "core/v1:ResourceQuota",
    asked: ["9000m", "9"].map((cpu) => named({ spec: { hard: { pods: "90", "count/configmaps": cpu } } })),
    isRefreshed: true,
  },
  {
    what: "a LimitRange",
    type: "core/v1:LimitRange",
    asked: [named({ spec: { limits: [{ type: "Container", max: { cpu: "9" } }] } })],
  },
  {
    what: "a PriorityClass whose value changes",
    type: "scheduling.k8s.io/v1:PriorityClass",
    asked: [1, 2].map((value) => named({ value })),
  },
  {
    what: "a StorageClass of another provisioner",
    type: "storage.k8s.io/v1:StorageClass",
    asked: ["a", "b"].map((name) => named({ provisioner: `example.com/${name}` })),
  },
  {
    what: "an IngressClass of another controller",
    type: "networking.k8s.io/v1:IngressClass",
    asked: ["a", "b"].map((name) => named({ spec: { controller: `example.com/${name}` } })),
  },
  {
    what: "a HorizontalPodAutoscaler",
    type: "autoscaling/v2:HorizontalPodAutoscaler",
    asked: [
      named({
        spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" } },
      }),
    ],
  },
  {
    what: "a Lease",
    type: "coordination.k8s.io/v1:Lease",
    asked: [named({ spec: { holderIdentity: "me" } })],
  },
];

const errors: readonly Life[] = [
  {
    what: "a field that there is not",
    type: "core/v1:Service",
    asked: [selecting({ slector: web })],
  },
  {
    what: "a field of another type",
    type: "core/v1:Service",
    asked: [selecting({ ports: [{ port: "eighty" }] })],
  },
  {
    what: "a node port out of range",
    type: "core/v1:Service",
    asked: [selecting({ type: "NodePort", ports: [{ ...port, nodePort: 80 }] })],
    says: ["provided port is not in the valid range"],
  },
  {
    what: "a name that is not allowed",
    type: "core/v1:ConfigMap",
    asked: [{ metadata: { name: "Not_Allowed" } }],
    says: ["RFC 1123"],
  },
  {
    what: "a field that is missing",
    type: "apps/v1:Deployment",
    asked: [named({ spec: { selector: { matchLabels: { app: "thing" } } } })],
    says: ["Required value"],
  },
  { what: "a kind that is not served", type: "example.com/v1:Widget", asked: [named()], says: ["Widget"] },
  {
    what: "a namespace that is not there",
    type: "core/v1:ConfigMap",
    asked: [{ metadata: { name: "thing", namespace: "oracle-nowhere" } }],
    says: ["oracle-nowhere"],
  },
  {
    what: "an object that exists already",
    type: "core/v1:ServiceAccount",
    asked: [{ metadata: { name: "default" } }],
  },
  { what: "a generated name", type: "core/v1:ConfigMap", asked: [{ metadata: { generateName: "thing-" } }] },
  {
    what: "a field that somebody else owns",
    type: "core/v1:ConfigMap",
    asked: [labelled({ a: "1" }), labelled({ a: "2" })],
    drift: { metadata: { labels: { a: "9" } } },
    says: ["conflict"],
  },
  {
    what: "a field that is taken over",
    type: "core/v1:ConfigMap",
    asked: ["1", "2"].map((a) => ({
      metadata: { name: "thing", labels: { a }, annotations: { "pulumi.com/patchForce": "true" } },
    })),
    drift: { metadata: { labels: { a: "9" } } },
  },
];

export const lives: readonly Life[] = [
  ...configMaps,
  ...secrets,
  ...services,
  ...workloads,
  ...unawaited,
  ...rules,
  ...errors,
];

/** The cloud controller manager's role, which Kubernetes does not provide: what its service controller reads and writes. */

const user = { apiGroup: "rbac.authorization.k8s.io", kind: "User", name: "system:cloud-controller-manager" };
const name = "system:cloud-controller-manager";

const rules = [
  { apiGroups: [""], resources: ["services"], verbs: ["get", "list", "watch", "patch", "update"] },
  { apiGroups: [""], resources: ["services/status"], verbs: ["patch", "update"] },
  { apiGroups: [""], resources: ["nodes"], verbs: ["get", "list", "watch", "patch", "update", "delete"] },
  { apiGroups: [""], resources: ["nodes/status"], verbs: ["patch", "update"] },
  { apiGroups: ["", "events.k8s.io"], resources: ["events"], verbs: ["create", "patch", "update"] },
  { apiGroups: ["authentication.k8s.io"], resources: ["tokenreviews"], verbs: ["create"] },
  { apiGroups: ["authorization.k8s.io"], resources: ["subjectaccessreviews"], verbs: ["create"] },
];

export const cloudControllerRoles = [
  { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name }, rules },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
    subjects: [user],
  },
  {
    // The API server publishes the CA of its clients there; the controller's own port needs it.
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: { name, namespace: "kube-system" },
    roleRef: {
      apiGroup: "rbac.authorization.k8s.io",
      kind: "Role",
      name: "extension-apiserver-authentication-reader",
    },
    subjects: [user],
  },
];

/** Pages that several expectations come from. */

export const guide = "https://docs.aws.amazon.com/elasticloadbalancing/latest/network";
const provider = "https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0";

export const draining = `${guide}/edit-target-group-attributes.html#deregistration-delay`;
export const failingOpen = `${guide}/load-balancer-target-groups.html#target-group-health`;
export const healthChecks = `${guide}/target-group-health-checks.html`;
export const listeners = `${guide}/load-balancer-listeners.html`;
export const nodeGroups = `${guide}/target-group-register-targets.html#target-security-groups`;
export const routing =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html#request-routing";
export const loadBalancers = `${provider}/pkg/providers/v1/aws_loadbalancer.go`;
export const serviceController = `${provider}/docs/service_controller.md`;
export const cloudProvider =
  "https://github.com/kubernetes/cloud-provider/blob/v0.35.4/controllers/service/controller.go";
export const virtualIps = "https://kubernetes.io/docs/reference/networking/virtual-ips/#proxy-mode-nftables";
export const sourceIp = "https://kubernetes.io/docs/tutorials/services/source-ip/";

/** Where the model's facts come from. */
const tree = "https://github.com/kubernetes/cloud-provider-openstack/blob/v1.35.0";

export const loadBalancerSource = `${tree}/pkg/openstack/loadbalancer.go`;
export const securityGroupSource = `${tree}/pkg/openstack/loadbalancer_sg.go`;

/** https://github.com/kubernetes/cloud-provider/blob/v0.35.4/service/helpers/helper.go (LoadBalancerCleanupFinalizer) */
export const cleanupFinalizer = "service.kubernetes.io/load-balancer-cleanup";

/** Where the model's facts come from. */
const tree = "https://github.com/kubernetes/cloud-provider-openstack/blob/v1.35.0";

export const loadBalancerSource = `${tree}/pkg/openstack/loadbalancer.go`;
export const securityGroupSource = `${tree}/pkg/openstack/loadbalancer_sg.go`;

/** What the controller gives a load balancer when it makes it, and never brings to what the Service asks for later. pkg/openstack/loadbalancer.go (createOctaviaLoadBalancer, ensureOctaviaPool) */
const setOnce =
  /^loadBalancer \/ (vipSubnet|provider|flavor|availabilityZone|pools \/ .+ \/ (sessionPersistence|memberSubnet))$/;

export const isSetOnce = (path: string): boolean => setOnce.test(path);

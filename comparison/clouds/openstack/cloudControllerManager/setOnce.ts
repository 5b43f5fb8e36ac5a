/** What the controller gives a load balancer when it makes it, and never brings to what the Service asks for later. pkg/openstack/loadbalancer.go (createOctaviaLoadBalancer, ensureOctaviaPool) */
import type { ServiceFacts } from "../../../model/service.ts";
import { integer } from "./annotations.ts";

/** A pool keeps its name when an earlier port of the Service goes. */
const setOnce =
  /^loadBalancer \/ (vipSubnet|provider|flavor|availabilityZone|pools \/ .+ \/ (name|sessionPersistence|memberSubnet))$/;

const failures = /^loadBalancer \/ pools \/ .+ \/ healthCheck \/ unhealthyThresholdCount$/;

/** An update leaves 0 out, as the creation does. gophercloud v2.8.0, openstack/loadbalancer/v2/monitors/requests.go (UpdateOpts) */
export const isSetOnce = (path: string, service: ServiceFacts): boolean =>
  setOnce.test(path) ||
  (failures.test(path) && integer(service, "health-monitor-max-retries-down", NaN) === 0);

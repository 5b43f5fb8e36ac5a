/** Features that scenarios can need. If the cloud or the testbed lacks one, the scenarios that need it are skipped, with its sentence as the reason. */

/** What a cloud can do. */
export const cloudFeatures = {
  "zonal addresses":
    "A load balancer has one address in each of its zones, and DNS leaves out a zone without healthy members.",
  "members by node": "A load balancer's members are nodes, which take traffic at a node port.",
  "member health": "The cloud reports the health of each member.",
  "cross-zone": "Load balancing across zones can be enabled and disabled.",
  "client address": "A load balancer can keep the client's address, and can hide it.",
  UDP: "A load balancer can listen on UDP ports.",
  "member groups":
    "A group of machines can be attached to a load balancer; its machines then become members automatically.",
  "connection draining": "A member that is taken out keeps its connections for a delay that can be set.",
  "fail open": "A load balancer without a healthy member sends traffic to all members.",
  "firewall openings": "The cloud's firewall lets traffic in to the nodes by entries that can be taken away.",
  "internal scheme": "A load balancer can be internal or internet-facing.",
} as const;

/** What a controller in the cluster can do: another one of the same cloud may not. */
export const controllerFeatures = {
  "pod members":
    "The controller registers pods themselves as a load balancer's members, and can keep a pod from being Ready until then.",
  "members of the program":
    "The controller can register the members of a load balancer that the program owns.",
} as const;

/** What can be done to the machines of the testbed. */
export const testbedFeatures = {
  "node faults": "The testbed can cut a node off from the network.",
  "new nodes": "The testbed can add a node and remove it.",
  "container faults": "The testbed can kill a container on its node.",
  "control plane faults": "The testbed can stop the API server, the cloud's controller and the cloud's API.",
} as const;

/** What only some testbeds have, since it costs them something. */
export const optionalTestbedFeatures = {
  TLS: "The testbed's load balancers can end TLS, with certificates that it makes.",
  "proxy protocol":
    "The testbed's load balancers can begin a connection with a proxy protocol header, and an app can read it.",
} as const;

export const features = {
  ...cloudFeatures,
  ...controllerFeatures,
  ...testbedFeatures,
  ...optionalTestbedFeatures,
} as const;

export type CloudFeature = keyof typeof cloudFeatures;
export type ControllerFeature = keyof typeof controllerFeatures;
export type TestbedFeature = keyof typeof testbedFeatures;
export type OptionalTestbedFeature = keyof typeof optionalTestbedFeatures;
export type Feature = keyof typeof features;

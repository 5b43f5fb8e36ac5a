/** What OpenStack documents of Octavia's load balancers and its cloud controller manager, as far as scenarios expect it. */
import { features as meanings } from "../../feature.ts";
import type { Feature } from "../../feature.ts";
import type { Expectations } from "../../expectations.ts";
import {
  alteration,
  changeNodePort,
  changePolicy,
  changePorts,
  changeScheme,
  changeServiceType,
} from "./changes.ts";
import { drift, nodeAdded, nodeDrained, nodeLost } from "./nodes.ts";
import { outages } from "./outages.ts";
import { answers, clientAddress, spread, udp } from "./traffic.ts";

/** Nobody expects anything of a scenario that is skipped. */
function lacks(feature: Feature): never {
  throw new Error(`OpenStack documents nothing of this, since it lacks "${feature}": ${meanings[feature]}`);
}

export const expectations: Expectations = {
  alteration,
  answers,
  changeNodePort,
  changePolicy,
  changePorts,
  changeScheme,
  changeServiceType,
  clientAddress,
  get draining(): never {
    return lacks("connection draining");
  },
  drift,
  get failOpen(): never {
    return lacks("fail open");
  },
  get hairpin(): never {
    return lacks("zonal addresses");
  },
  get hairpinOfTargets(): never {
    return lacks("pod members");
  },
  nodeAdded,
  nodeDrained,
  nodeLost,
  get nodeRegistered(): never {
    return lacks("members of the program");
  },
  get noPods(): never {
    return lacks("fail open");
  },
  get noTarget(): never {
    return lacks("connection draining");
  },
  outages,
  get podMembers(): never {
    return lacks("pod members");
  },
  get proxyProtocol(): never {
    return lacks("proxy protocol");
  },
  spread,
  get tls(): never {
    return lacks("TLS");
  },
  udp,
};

/** What AWS's Network Load Balancers and security groups can do, of what scenarios can need. */
import { cloudFeatures } from "../feature.ts";
import type { CloudFeature } from "../feature.ts";

/** All of it: the scenarios began here. */
export const awsFeatures: ReadonlySet<CloudFeature> = new Set(Object.keys(cloudFeatures) as CloudFeature[]);

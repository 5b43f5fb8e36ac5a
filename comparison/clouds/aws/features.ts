/** Features of AWS's Network Load Balancers and security groups that scenarios can need. */
import { cloudFeatures } from "../feature.ts";
import type { CloudFeature } from "../feature.ts";

/** All of them: the scenarios were written for AWS. */
export const awsFeatures: ReadonlySet<CloudFeature> = new Set(Object.keys(cloudFeatures) as CloudFeature[]);

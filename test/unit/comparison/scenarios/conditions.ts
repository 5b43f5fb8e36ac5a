/** What scenarios are held against in tests: what AWS documents, at a speed of its clocks. */
import { expectations } from "../../../../comparison/clouds/aws/expectations/index.ts";
import { aws } from "../../../../comparison/clouds/aws/index.ts";
import type { Conditions } from "../../../../comparison/scenarios/scenario.ts";

export const { clocks, words } = aws;
export { expectations };

export const conditions = (timeScale = 20): Conditions => ({ timeScale, clocks, words, expectations });

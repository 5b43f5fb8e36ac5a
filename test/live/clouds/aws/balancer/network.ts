/** Runs inside the testbed: makes the lab's network. */
import { makeNetwork } from "../../../../../lab/network/network.ts";

await makeNetwork();

/** `npm run destroy`: removes all that the stack dev has deployed; the lab goes on. */
import { destroyDevStack } from "./devStack.ts";
import { openOnStack } from "./stackDoor.ts";

const usage = `npm run destroy [-- --refresh]

Removes all that the stack dev has deployed, from the cluster and from AWS. The lab goes on; npm run lab -- down stops it.`;

await openOnStack(usage, (on) => destroyDevStack({ ...on, planned: 0 }));

/** Entry point of the `kubernetes` plug-in: `main.ts <engine address>`; prints its port. */
import { serve } from "../server.ts";

await serve(async (log) => (await import("./provider.ts")).makeProvider(log), process.argv[2]);

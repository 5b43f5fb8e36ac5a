/** Entry point of the `aws` plug-in: `main.ts <engine address>`; prints its port. */
import { serve } from "../../../providers/server.ts";

// The SDK warns on stderr that its support for this Node ends. Pulumi would show that at every update.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

await serve(async () => {
  const [{ makeProvider }, catalogue] = await Promise.all([
    import("./provider.ts"),
    import("./catalogue.ts"),
  ]);
  return makeProvider(catalogue);
}, process.argv[2]);

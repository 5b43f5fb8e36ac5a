/** The settings of the provider `aws` that the lab reads. */
import * as v from "valibot";
import { hostPort } from "../../hostPort.ts";

const sameUrl = "the same URL for every service, such as http://127.0.0.1:24566";

/** The provider's `endpoints` are a list of mappings from service to URL. The lab serves all of them at one port. */
export const apiPort = {
  key: "aws:endpoints",
  schema: v.pipe(
    v.union(
      [v.array(v.record(v.string(), v.string(sameUrl)), sameUrl), v.record(v.string(), v.string())],
      sameUrl,
    ),
    v.transform((endpoints) => [
      ...new Set([endpoints].flat().flatMap((services) => Object.values(services))),
    ]),
    v.check((urls) => urls.length === 1 && urls.every((url) => URL.canParse(url)), sameUrl),
    v.transform(([url = ""]) => new URL(url)),
    v.check(
      ({ hostname }) => ["127.0.0.1", "localhost"].includes(hostname),
      "a URL on 127.0.0.1, where the lab listens",
    ),
    v.transform((url) => Number(url.port)),
    hostPort,
  ),
} as const;

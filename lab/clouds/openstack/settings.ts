/** The settings of the provider `openstack` that the lab reads. */
import * as v from "valibot";
import { hostPort } from "../../hostPort.ts";
import { services } from "./layout.ts";

const url = `the URL of the lab's identity service on 127.0.0.1, such as http://127.0.0.1:25566${services.keystone.prefix}/v3`;

export const apiPort = {
  key: "openstack:authUrl",
  schema: v.pipe(
    v.string(url),
    v.check((text) => URL.canParse(text), url),
    v.transform((text) => new URL(text)),
    v.check(
      ({ hostname, pathname }) =>
        ["127.0.0.1", "localhost"].includes(hostname) && pathname === `${services.keystone.prefix}/v3`,
      url,
    ),
    v.transform(({ port }) => Number(port)),
    hostPort,
  ),
} as const;

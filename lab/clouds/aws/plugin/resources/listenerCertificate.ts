/** aws:lb/listenerCertificate:ListenerCertificate: a further certificate of a TLS listener, which clients get by the name that they ask for. */
import type {
  ListenerCertificateArgs,
  ListenerCertificateState,
} from "@pulumi/aws/lb/listenerCertificate.js";
import {
  AddListenerCertificatesCommand,
  paginateDescribeListenerCertificates,
  RemoveListenerCertificatesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { textOf } from "../../../../providers/values.ts";
import { unlessGone } from "../refusals.ts";
import type { OutputsOf, ResourceType } from "../resource.ts";
import type { ArgumentsOf } from "../schema.ts";

/** `<listener's ARN>_<certificate's ARN>`, as the official plug-in has it. */
function parseId(id: string) {
  const [, listener, certificate] = /^(arn:[^_]+)_(arn:.+)$/.exec(id) ?? [];
  if (listener === undefined || certificate === undefined)
    throw new Error(
      `"${id}" is not the id of a listener's certificate: expected <listener's ARN>_<certificate's ARN>`,
    );
  return { ListenerArn: listener, CertificateArn: certificate };
}

function requestOf(id: string) {
  const { ListenerArn, CertificateArn } = parseId(id);
  return { ListenerArn, Certificates: [{ CertificateArn }] };
}

export const listenerCertificate: ResourceType = {
  arguments: {
    listenerArn: { type: "string", required: true, immutable: true },
    certificateArn: { type: "string", required: true, immutable: true },
  } satisfies ArgumentsOf<ListenerCertificateArgs>,

  async create(inputs, _tags, { elbv2 }) {
    const id = [inputs.listenerArn, inputs.certificateArn].map(textOf).join("_");
    await elbv2.send(new AddListenerCertificatesCommand(requestOf(id)));
    return id;
  },

  async read(id, { elbv2, region }) {
    const { ListenerArn, CertificateArn } = parseId(id);
    const found = await unlessGone(
      ["ListenerNotFoundException", "LoadBalancerNotFoundException"],
      async () => {
        for await (const page of paginateDescribeListenerCertificates({ client: elbv2 }, { ListenerArn }))
          if (page.Certificates?.some((each) => each.CertificateArn === CertificateArn) === true) return true;
        return false;
      },
    );
    if (found !== true) return undefined;
    return {
      listenerArn: ListenerArn,
      certificateArn: CertificateArn,
      region,
    } satisfies OutputsOf<ListenerCertificateState>;
  },

  update: () => Promise.resolve(),

  async delete(id, _outputs, { elbv2 }) {
    await unlessGone(["ListenerNotFoundException", "LoadBalancerNotFoundException"], () =>
      elbv2.send(new RemoveListenerCertificatesCommand(requestOf(id))),
    );
  },
};

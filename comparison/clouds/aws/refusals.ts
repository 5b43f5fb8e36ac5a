/** What AWS refuses of either controller, whichever annotation asks for it. */
import { loadBalancerQuotasSource, maximumListeners } from "../../../components/aws/defaults.ts";
import { isTag, maximumTags, tagRules } from "../../../components/aws/tags.ts";
import type { ServiceFacts } from "../../model/service.ts";

interface AwsRefusal {
  readonly id: string;
  /** What is refused, in a few words, for the documentation. */
  readonly refused: string;
  readonly by: "AWS";
  readonly source: string;
  /** Undefined if the Service is not refused. */
  readonly reason: (context: { readonly service: ServiceFacts }) => string | undefined;
}

/**
 * @param annotation the one that lists the tags
 * @param tagsOf the tags, as the controller reads them
 * @param own how many tags the controller adds
 */
export function refusedTags(
  annotation: string,
  tagsOf: (service: ServiceFacts) => Readonly<Record<string, string>>,
  own: number,
): readonly AwsRefusal[] {
  const most = maximumTags - own;
  return [
    {
      id: "tags",
      refused: `\`${annotation}\` with a tag that AWS refuses: a key that begins with \`aws:\` or has more than 128 characters, a value of more than 256, or a character besides letters, digits, blanks and \`+-=._:/@\``,
      by: "AWS",
      source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Tag.html",
      reason({ service }) {
        const wrong = Object.entries(tagsOf(service)).find(([key, value]) => !isTag(key, value));
        return wrong === undefined
          ? undefined
          : `${annotation} has the tag ${wrong.join("=")}; AWS allows ${tagRules}`;
      },
    },
    {
      id: "number-of-tags",
      refused: `\`${annotation}\` with more than ${most} tags`,
      by: "AWS",
      source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-tags.html",
      reason({ service }) {
        const { length } = Object.keys(tagsOf(service));
        return length <= most
          ? undefined
          : `${annotation} has ${length} tags; AWS allows ${maximumTags} per load balancer, and the controller adds ${own}`;
      },
    },
  ];
}

/** @param portsOf the ports that the controller makes a listener for */
export function tooManyPorts(portsOf: (service: ServiceFacts) => readonly unknown[]): AwsRefusal {
  return {
    id: "number-of-ports",
    refused: `more than ${maximumListeners} ports`,
    by: "AWS",
    source: loadBalancerQuotasSource,
    reason({ service }) {
      const { length } = portsOf(service);
      return length <= maximumListeners
        ? undefined
        : `the Service has ${length} ports; AWS allows ${maximumListeners} listeners per Network Load Balancer`;
    },
  };
}

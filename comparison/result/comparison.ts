/**
 * The result of a comparison: everything that a report shows. docs/comparison.schema.json documents its JSON form, and the field `schema` holds its version: a
 * change that could break a reader takes a new version.
 */
import * as v from "valibot";
import { scenarioSchema } from "./scenarioSchema.ts";

export const schemaVersion = "nodeport-vs-loadbalancer/comparison/v1";

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** A field whose meaning is part of the published schema. */
const described = <T extends v.GenericSchema>(description: string, of: T) =>
  v.pipe(of, v.description(description));
const list = <T extends v.GenericSchema>(of: T) => v.array(of);

/** Of one aspect. `unknown`: the source did not answer; `not seen`: the source does not exist here. */
export const aspectVerdicts = ["same", "equivalent", "different", "unknown", "not seen"] as const;

/** One value that differs between the sides. */
const difference = v.object({
  path: described(
    "Path in the facts, by roles: `loadBalancer / targetGroups / <target group of TCP 80> / healthCheck / intervalSeconds`.",
    text,
  ),
  left: described("Null if there is no value.", v.nullable(text)),
  right: v.nullable(text),
  explanation: described(
    "Id of the entry in the catalogue that explains it; null if none does.",
    v.nullable(text),
  ),
});

const aspect = v.object({
  id: text,
  section: v.picklist(["Service", "load balancer", "listeners", "firewall", "name", "data path"]),
  title: text,
  left: text,
  right: text,
  verdict: v.picklist(aspectVerdicts),
  values: described("Number of single values that it covers, on both sides together.", count),
  differences: list(difference),
});

/** An entry of the catalogue of differences that this comparison uses. */
const explanation = v.object({
  id: text,
  why: text,
  affects: described("Who is affected.", text),
  remedy: described("How to remove the difference; null if that is impossible.", v.nullable(text)),
  source: text,
});

/** A difference that the catalogue expects, but that was not found. It does not count: the sides are then more alike. */
const missing = v.object({ explanation: text, path: text, left: v.nullable(text), right: v.nullable(text) });

const prediction = v.object({
  service: described("The Service for which the cloud controller manager creates a load balancer.", text),
  outcome: described(
    "`not checked`: planned only, or a source is missing.",
    v.picklist(["right", "wrong", "not checked"]),
  ),
  reason: text,
  checked: count,
  wrong: list(v.object({ path: text, predicted: v.nullable(text), found: v.nullable(text) })),
  changedLater: described(
    "Values that the controller does not bring to what the Service asks for now, such as those that it sets only when it makes the load balancer. Left out if there are none.",
    v.optional(list(v.object({ path: text, predicted: v.nullable(text), found: v.nullable(text) }))),
  ),
  configuration: described(
    "Settings of the controller's configuration file, such as `DisableSecurityGroupIngress=true`: those of `--controller-config`, or those with which the prediction is right. Left out if they are the defaults.",
    v.optional(text),
  ),
});

/** Of a controller about a Service. */
const warning = v.object({
  side: v.picklist(["left", "right"]),
  service: described("Namespace and name of the Service.", text),
  reason: described("In one word, such as `SyncLoadBalancerFailed`.", text),
  message: text,
  times: described("How often it was given.", count),
  last: described("When it was given last, in ISO 8601; empty if the event does not say.", text),
});

/** An annotation of a Service that does not do what it seems to do. */
export const unheeded = v.object({
  side: v.picklist(["left", "right"]),
  service: described("Namespace and name of the Service.", text),
  place: v.picklist(["annotation", "label"]),
  name: text,
  value: text,
  why: described("Why it has no effect, or another one.", text),
  gets: described("What there is instead; null if there is nothing to say.", v.nullable(text)),
  instead: described(
    "What has the effect: a name, or a name and its value; null if nothing has.",
    v.nullable(text),
  ),
});

const fillLevel = v.object({
  group: text,
  used: count,
  isLeast: described("Whether more may be used: a rule can count as several.", v.boolean()),
  allowed: count,
  what: described("What is counted.", text),
  source: text,
});

const statement = v.object({
  id: text,
  saidBy: v.picklist(["question", "answer 1", "answer 2"]),
  statement: text,
  verdict: v.picklist(["true", "true by default", "outdated", "false by default", "imprecise"]),
  why: text,
  evidence: described("What this run shows about it; null if it shows nothing.", v.nullable(text)),
  contradicts: described(
    "Whether the evidence contradicts the verdict, which is then wrong for this cluster.",
    v.boolean(),
  ),
  notTried: described("What a test would need; null if there is evidence.", v.nullable(text)),
  source: text,
});

const byWay = v.object({
  nodePort: described("For a NodePort Service, on either side.", text),
  loadBalancer: described("For a LoadBalancer Service, on either side.", text),
  left: described("For the left side's Service, of either type.", text),
  right: described("For the right side's Service, of either type.", text),
});

/** Who does what to one kind of object, and when. */
const lifeCycle = v.object({
  object: text,
  creates: byWay,
  updates: byWay,
  repairs: byWay,
  deletes: byWay,
  source: text,
});

const costWay = v.object({
  way: text,
  monthly: described("In US dollars per month.", v.number()),
  formula: text,
});

const cost = v.object({
  prices: list(v.object({ item: text, unit: text, dollars: v.number(), quantity: text })),
  region: text,
  date: described("ISO date of the prices; empty if there are none.", text),
  source: text,
  hoursPerMonth: v.number(),
  here: list(costWay),
  byServices: described(
    "Dollars per month by number of Services: with one load balancer per Service, at the same cost either way; and with one shared by all, possible only with your own load balancer.",
    list(v.object({ services: count, oneEach: v.number(), oneShared: v.number() })),
  ),
  notes: list(text),
});

const traffic = v.object({
  side: text,
  sent: count,
  answered: count,
  byPod: v.record(text, count),
  byNode: v.record(text, count),
  clientAddresses: list(text),
  shortcomings: described("What went wrong; empty if nothing did.", list(text)),
});

const sideSchema = v.object({
  title: described("Name of the side, such as `NodePort + own NLB`.", text),
  service: described("Namespace and name of the Service.", text),
});

const kubernetes = v.object({
  version: described("The API server's, such as `v1.35.4`.", text),
  kubelets: described("The nodes' versions, each once.", list(text)),
  proxyModes: described(
    "kube-proxy's modes, each once, such as `nftables`; empty if its rules were not read.",
    list(text),
  ),
});

/** Objects of the picture and the lines between them, without a layout. */
const picture = v.object({
  objects: list(
    v.object({
      id: text,
      side: described("`left`, `right`, or shared by both.", v.picklist(["left", "right", "both"])),
      kind: v.picklist([
        "client",
        "load balancer",
        "Service",
        "zone",
        "node",
        "kube-proxy",
        "pod",
        "program",
        "cloud controller",
      ]),
      label: described("Line feeds separate lines.", text),
      owner: v.picklist(["program", "cloud controller", "kubernetes", "other", "none"]),
      within: described(
        "Id of the object that contains it: a zone contains nodes, a node contains kube-proxy and pods; null if none does.",
        v.nullable(text),
      ),
    }),
  ),
  /** `asks`: from a Service to its controller. */
  edges: list(
    v.object({ from: text, to: text, kind: v.picklist(["traffic", "makes", "asks"]), label: text }),
  ),
});

export const comparisonSchema = v.object({
  schema: v.literal(schemaVersion),
  basis: v.picklist(["planned", "measured"]),
  made: described("When, in ISO 8601.", text),
  left: sideSchema,
  right: sideSchema,
  kubernetes: described(
    "The cluster's Kubernetes, as the cluster says. Left out of a planned comparison, and if the API server did not tell its version.",
    v.optional(kubernetes),
  ),
  verdict: v.object({
    kind: v.picklist(["equivalent", "different", "incomplete"]),
    sentence: described("One sentence.", text),
    reasons: described(
      "Why it is not equivalent, one sentence each; what matters most comes first.",
      list(text),
    ),
    causes: described(
      "The same reasons, each with the values behind it.",
      list(
        v.object({
          reason: text,
          rank: described("1 matters most to clients. Reasons are in the order of their ranks.", count),
          values: described(
            "Values that differ for this reason; empty if it is not about values.",
            list(v.object({ path: text, left: v.nullable(text), right: v.nullable(text) })),
          ),
        }),
      ),
    ),
  }),
  counts: v.object({
    same: count,
    equivalent: count,
    different: count,
    unknown: count,
    unexplained: described(
      "Counts single values that differ without an explanation. All other counts are of aspects.",
      count,
    ),
  }),
  sources: list(
    v.object({
      source: text,
      side: v.picklist(["left", "right", "both"]),
      outcome: v.picklist(["known", "unavailable", "unreachable"]),
      reason: text,
    }),
  ),
  aspects: list(aspect),
  explanations: list(explanation),
  missing: list(missing),
  opensMore: described(
    "What is no difference, but more than the Services ask for, such as rules that open more ports; one sentence each.",
    list(text),
  ),
  fillLevels: described(
    "How full the groups are that hold the nodes' firewall rules. Left out if the sources do not give it.",
    v.optional(list(fillLevel)),
  ),
  predictions: list(prediction),
  warnings: described(
    "The last warnings about the Services in the Kubernetes API; may be empty.",
    list(warning),
  ),
  withoutEffect: described(
    "Annotations, and labels in their place, that do not do what they seem to do; may be empty.",
    list(unheeded),
  ),
  traffic: described("Empty unless requests were sent.", list(traffic)),
  scenarios: described("Scenarios of this run; may be empty.", list(scenarioSchema)),
  statements: list(statement),
  lifeCycle: list(lifeCycle),
  cost,
  picture,
  limits: described("What this comparison does not show, one sentence each.", list(text)),
});

export type Comparison = v.InferOutput<typeof comparisonSchema>;
export type Aspect = v.InferOutput<typeof aspect>;
export type Difference = v.InferOutput<typeof difference>;
export type Statement = v.InferOutput<typeof statement>;
export type LifeCycle = v.InferOutput<typeof lifeCycle>;
export type Cost = v.InferOutput<typeof cost>;
export type Warning = v.InferOutput<typeof warning>;
export type Unheeded = v.InferOutput<typeof unheeded>;
export type Prediction = v.InferOutput<typeof prediction>;
export type Explanation = v.InferOutput<typeof explanation>;
export type Picture = v.InferOutput<typeof picture>;
export type TrafficReport = v.InferOutput<typeof traffic>;

/** Refusals of words, numbers and lists that the controller cannot read. pkg/annotations/parser.go */
import type { ServiceFacts } from "../../../../model/service.ts";
import { truth } from "../../../truth.ts";
import { annotation, annotationNames, int32, keyValues } from "../annotations.ts";
import type { AnnotationName } from "../annotations.ts";
import type { PortMapping } from "../portMappings.ts";
import { upstream } from "../upstream.ts";
import { ofEachPort } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";

const parser = "pkg/annotations/parser.go";

/**
 * @param isRead whether the controller reads it for this Service. @default always
 * @param id if it reads it at several places. @default by the annotation's name
 */
export function isTruth(
  name: AnnotationName,
  isRead: (service: ServiceFacts) => boolean = () => true,
  id = `truth-${name}`,
): Refusal {
  return {
    id,
    refused: `\`${annotationNames[name]}\` with a word that Go's \`strconv.ParseBool\` does not know, such as \`yes\``,
    by: "controller",
    source: upstream(parser, "ParseBoolAnnotation"),
    reason({ service }) {
      const value = annotation(service, name);
      return value === undefined || truth(value) !== undefined || !isRead(service)
        ? undefined
        : `failed to parse bool annotation, ${annotationNames[name]}: ${value}; allowed are true and false`;
    },
  };
}

export function isNumber(name: AnnotationName): Refusal {
  return {
    id: `number-${name}`,
    refused: `\`${annotationNames[name]}\` that is not a whole number of 32 bits`,
    by: "controller",
    source: upstream(parser, "ParseInt32Annotation"),
    reason({ service }) {
      const value = annotation(service, name);
      return value === undefined || int32(value) !== undefined
        ? undefined
        : `failed to parse int32 annotation, ${annotationNames[name]}: ${value}; it must be a whole number`;
    },
  };
}

/** @param isRead whether the controller reads it for this Service. @default always */
export function isMap(
  id: AnnotationName,
  refused: string,
  isRead: (service: ServiceFacts) => boolean = () => true,
): Refusal {
  return {
    ...mapRefusal(`map-${id}`, refused),
    reason: ({ service }) => (isRead(service) ? unreadableMap(service, annotationNames[id]) : undefined),
  };
}

/** @param name the annotation that the controller reads for one port */
export function isMapOfPort(
  id: AnnotationName,
  refused: string,
  name: (mapping: PortMapping) => string,
): Refusal {
  return ofEachPort({
    ...mapRefusal(`map-${id}-of-port`, refused),
    of: (mapping, { service }) => unreadableMap(service, name(mapping)),
  });
}

function mapRefusal(id: string, refused: string) {
  return {
    id,
    refused: `${refused} that is not a list of \`key=value\` with commas between them`,
    by: "controller",
    source: upstream(parser, "ParseStringMapAnnotation, splitKeyValuePairs"),
  } as const;
}

function unreadableMap(service: ServiceFacts, name: string): string | undefined {
  const value = service.annotations[name] ?? "";
  return keyValues(value) === undefined
    ? `failed to parse stringMap annotation, ${name}: ${value}; it must be a list such as key=value,other=value`
    : undefined;
}

/**
 * AWS's bounds of a number.
 * @param andThat what else bounds it for this Service. @default nothing
 */
export function isWithinBounds(
  name: AnnotationName,
  { min, max }: { readonly min: number; readonly max: number },
  source: string,
  andThat: (service: ServiceFacts) => string = () => "",
): Refusal {
  return {
    id: `bounds-${name}`,
    refused: `\`${annotationNames[name]}\` outside ${min} to ${max}`,
    by: "AWS",
    source,
    reason({ service }) {
      const value = int32(annotation(service, name) ?? "");
      return value === undefined || (value >= min && value <= max)
        ? undefined
        : `${annotationNames[name]} is ${value}; AWS allows ${min} to ${max}${andThat(service)}`;
    },
  };
}

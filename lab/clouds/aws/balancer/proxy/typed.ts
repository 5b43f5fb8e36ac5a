/** One of Envoy's extensions with its configuration. @param type without the package that all have */
export const typed = (name: string, type: string, configuration: object): object => ({
  name,
  typed_config: { "@type": `type.googleapis.com/envoy.extensions.${type}`, ...configuration },
});

// The official Kubernetes plug-in of Pulumi, from its Go module.
package main

import (
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version"
)

// The engine asks for the schema only where a program is converted or generated. The release embeds it, and the module leaves it out.
var schema = []byte(`{"name":"kubernetes","version":"` + version.Version + `"}`)

func main() {
	provider.Serve("kubernetes", version.Version, schema, []byte("{}"))
}

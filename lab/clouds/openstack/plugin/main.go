// The resource plug-in pulumi-resource-openstack: the OpenStack provider of Terraform behind Pulumi's bridge, as the official one is, with the types that the
// program and its testbed use.
package main

import (
	"encoding/json"
	"io"
	"log"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfgen"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
	sdkv2 "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v2"
	"github.com/pulumi/pulumi/sdk/v3/go/common/diag"
	"github.com/pulumi/pulumi/sdk/v3/go/common/diag/colors"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/terraform-provider-openstack/terraform-provider-openstack/v3/openstack"
)

const (
	name = "openstack"
	// That of the package @pulumi/openstack, whose types these are.
	version = "3.15.2"
)

// By the names of the package @pulumi/openstack.
var resources = map[string]tokens.Type{
	"openstack_lb_listener_v2":              "openstack:loadbalancer/listener:Listener",
	"openstack_lb_loadbalancer_v2":          "openstack:loadbalancer/loadBalancer:LoadBalancer",
	"openstack_lb_member_v2":                "openstack:loadbalancer/member:Member",
	"openstack_lb_monitor_v2":               "openstack:loadbalancer/monitor:Monitor",
	"openstack_lb_pool_v2":                  "openstack:loadbalancer/pool:Pool",
	"openstack_networking_floatingip_v2":    "openstack:networking/floatingIp:FloatingIp",
	"openstack_networking_secgroup_rule_v2": "openstack:networking/secGroupRule:SecGroupRule",
	"openstack_networking_secgroup_v2":      "openstack:networking/secGroup:SecGroup",
}

var dataSources = map[string]tokens.ModuleMember{
	"openstack_networking_network_v2":  "openstack:networking/getNetwork:getNetwork",
	"openstack_networking_port_ids_v2": "openstack:networking/getPortIds:getPortIds",
	"openstack_networking_port_v2":     "openstack:networking/getPort:getPort",
	"openstack_networking_subnet_v2":   "openstack:networking/getSubnet:getSubnet",
}

func main() {
	provider := info()
	silent := diag.DefaultSink(io.Discard, io.Discard, diag.FormatOptions{Color: colors.Never})
	schema, err := tfgen.GenerateSchema(provider, silent)
	if err != nil {
		log.Fatal(err)
	}
	text, err := json.Marshal(schema)
	if err != nil {
		log.Fatal(err)
	}
	tfbridge.Main(name, version, provider, text)
}

func info() tfbridge.ProviderInfo {
	provider := tfbridge.ProviderInfo{
		P:           sdkv2.NewProvider(openstack.Provider()),
		Name:        name,
		Version:     version,
		Resources:   map[string]*tfbridge.ResourceInfo{},
		DataSources: map[string]*tfbridge.DataSourceInfo{},
	}
	for key, token := range resources {
		provider.Resources[key] = &tfbridge.ResourceInfo{Tok: token}
	}
	for key, token := range dataSources {
		provider.DataSources[key] = &tfbridge.DataSourceInfo{Tok: token}
	}
	// The schema leaves out what nobody here uses.
	ignore := func(key string, _ shim.Resource) bool {
		provider.IgnoreMappings = append(provider.IgnoreMappings, key)
		return true
	}
	provider.P.ResourcesMap().Range(ignore)
	provider.P.DataSourcesMap().Range(ignore)
	// As the official one names what a program does not.
	provider.SetAutonaming(255, "-")
	return provider
}

package main

import (
	"os"

	"k8s.io/apimachinery/pkg/util/wait"
	cloudprovider "k8s.io/cloud-provider"
	"k8s.io/cloud-provider-aws/pkg/controllers/tagging"
	aws "k8s.io/cloud-provider-aws/pkg/providers/v1"
	"k8s.io/cloud-provider/app"
	"k8s.io/cloud-provider/app/config"
	"k8s.io/cloud-provider/names"
	"k8s.io/cloud-provider/options"
	"k8s.io/component-base/cli"
	cliflag "k8s.io/component-base/cli/flag"
	"k8s.io/klog/v2"
)

// awsCloudControllerManager is the AWS cloud controller manager with the controllers, and the defaults, of its release.
func awsCloudControllerManager() {
	opts, err := options.NewCloudControllerManagerOptions()
	if err != nil {
		klog.Fatalf("cannot make the cloud controller manager's options: %v", err)
	}

	tags := tagging.ControllerWrapper{}
	flags := cliflag.NamedFlagSets{}
	tags.Options.AddFlags(flags.FlagSet("tagging controller"))
	controllers := app.DefaultInitFuncConstructors
	controllers[tagging.TaggingControllerKey] = app.ControllerInitFuncConstructor{
		InitContext: app.ControllerInitContext{ClientName: tagging.TaggingControllerClientName},
		Constructor: tags.StartTaggingControllerWrapper,
	}
	app.ControllersDisabledByDefault.Insert(tagging.TaggingControllerKey)
	aliases := names.CCMControllerAliases()
	aliases[tagging.TaggingControllerKey] = tagging.TaggingControllerKey

	command := app.NewCloudControllerManagerCommand(opts, newCloud, controllers, aliases, flags, wait.NeverStop)
	os.Exit(cli.Run(command))
}

func newCloud(completed *config.CompletedConfig) cloudprovider.Interface {
	settings := completed.ComponentConfig.KubeCloudShared
	if name := settings.CloudProvider.Name; name != "" && name != aws.ProviderName {
		klog.Fatalf("unknown cloud provider %q: the only one here is %q", name, aws.ProviderName)
	}
	cloud, err := cloudprovider.InitCloudProvider(aws.ProviderName, settings.CloudProvider.CloudConfigFile)
	if err != nil {
		klog.Fatalf("cannot start the AWS cloud provider: %v", err)
	}
	if !cloud.HasClusterID() && !settings.AllowUntaggedCloud {
		klog.Fatalf("no cluster id: set KubernetesClusterID in the cloud configuration, or tag the instances with kubernetes.io/cluster/<id>")
	}
	return cloud
}

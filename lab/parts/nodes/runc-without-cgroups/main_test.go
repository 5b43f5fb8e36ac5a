package main

import (
	"strings"
	"testing"
)

func TestOnlyCommandsThatMakeAContainerHaveABundle(t *testing.T) {
	for _, c := range []struct {
		args    string
		bundle  string
		creates bool
	}{
		{"--root /run/runc --log l create --bundle /b --pid-file p id", "/b", true},
		{"create --bundle=/b id", "/b", true},
		{"run -b /b id", "/b", true},
		{"create id", ".", true},
		{"--root /run/runc start id", "", false},
		{"delete --force id", "", false},
	} {
		bundle, creates := bundleOf(strings.Fields(c.args))
		if bundle != c.bundle || creates != c.creates {
			t.Errorf("%q: got %q, %v, want %q, %v", c.args, bundle, creates, c.bundle, c.creates)
		}
	}
}

func TestTakesOutCgroupsAndKeepsTheRest(t *testing.T) {
	config := `{"ociVersion":"1.2.0","linux":{"cgroupsPath":"/a","resources":{"cpu":{}},"seccomp":{"defaultAction":"SCMP_ACT_ERRNO"},"new":1}}`
	for _, c := range []struct {
		seccomp bool
		want    string
	}{
		{true, `{"linux":{"new":1,"seccomp":{"defaultAction":"SCMP_ACT_ERRNO"}},"ociVersion":"1.2.0"}`},
		{false, `{"linux":{"new":1},"ociVersion":"1.2.0"}`},
	} {
		got, err := withoutCgroups([]byte(config), c.seccomp)
		if err != nil || string(got) != c.want {
			t.Errorf("seccomp %v: got %s, %v, want %s", c.seccomp, got, err, c.want)
		}
	}
}

func TestRefusesWhatIsNoContainerForLinux(t *testing.T) {
	for _, config := range []string{`{`, `{}`} {
		if got, err := withoutCgroups([]byte(config), true); err == nil {
			t.Errorf("%s: got %s, want an error", config, got)
		}
	}
}

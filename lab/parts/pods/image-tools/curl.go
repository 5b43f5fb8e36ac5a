package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"os"
	"strings"
	"time"

	"github.com/spf13/pflag"
)

// request is what curl is called with; its options have curl's names. https://curl.se/docs/manpage.html
type request struct {
	silent, showError, fail, include, head, location, insecure, verbose, only4, only6 bool

	method, agent, output, writeOut, source string
	headers, data, resolve                  []string
	maxTime, connectTimeout                 float64
	sourcePort                              int
}

// curl gets URLs over HTTP, and exits with curl's exit codes.
func curl() {
	var asked request
	pflag.BoolVarP(&asked.silent, "silent", "s", false, "say nothing about failures")
	pflag.BoolVarP(&asked.showError, "show-error", "S", false, "say what failed all the same")
	pflag.BoolVarP(&asked.fail, "fail", "f", false, "fail if the server answers with an error")
	pflag.BoolVarP(&asked.include, "include", "i", false, "print the answer's headers too")
	pflag.BoolVarP(&asked.head, "head", "I", false, "ask for the headers only")
	pflag.BoolVarP(&asked.location, "location", "L", false, "follow redirections")
	pflag.BoolVarP(&asked.insecure, "insecure", "k", false, "accept every certificate")
	pflag.BoolVarP(&asked.verbose, "verbose", "v", false, "print the headers that are sent and received")
	pflag.BoolVarP(&asked.only4, "ipv4", "4", false, "IPv4 only")
	pflag.BoolVarP(&asked.only6, "ipv6", "6", false, "IPv6 only")
	pflag.StringVarP(&asked.method, "request", "X", "", "the request's method")
	pflag.StringArrayVarP(&asked.headers, "header", "H", nil, "a header, as NAME: VALUE")
	pflag.StringArrayVarP(&asked.data, "data", "d", nil, "what to send in a POST")
	pflag.StringVarP(&asked.agent, "user-agent", "A", "curl", "who asks")
	pflag.StringVarP(&asked.output, "output", "o", "", "the file for the answer")
	pflag.StringVarP(&asked.writeOut, "write-out", "w", "", "what to print at the end")
	pflag.Float64VarP(&asked.maxTime, "max-time", "m", 0, "the most seconds for everything")
	pflag.Float64Var(&asked.connectTimeout, "connect-timeout", 0, "the most seconds to connect")
	pflag.StringVar(&asked.source, "interface", "", "the address to send from, or an interface with it")
	pflag.IntVar(&asked.sourcePort, "local-port", 0, "the port to send from")
	pflag.StringArrayVar(&asked.resolve, "resolve", nil, "an address for a name, as HOST:PORT:ADDRESS")
	// Accepted, because they change nothing here: there is no .curlrc, no globbing, no progress and no proxy.
	pflag.BoolP("disable", "q", false, "")
	pflag.BoolP("globoff", "g", false, "")
	pflag.BoolP("no-buffer", "N", false, "")
	pflag.String("noproxy", "", "")
	pflag.Parse()
	if pflag.NArg() == 0 {
		fmt.Fprintln(os.Stderr, "curl: (2) no URL specified")
		os.Exit(2)
	}
	code := 0
	for _, url := range pflag.Args() {
		var cause error
		if code, cause = asked.get(url); code != 0 && (!asked.silent || asked.showError) {
			fmt.Fprintf(os.Stderr, "curl: (%d) %v\n", code, cause)
		}
	}
	os.Exit(code)
}

// get prints what is at a URL. Its first result is curl's exit code.
func (asked request) get(url string) (int, error) {
	sent, err := asked.toSend(url)
	if err != nil {
		return 3, err
	}
	source, err := asked.sourceAddress()
	if err != nil {
		return 45, err
	}
	if asked.verbose {
		if headers, err := httputil.DumpRequestOut(sent, false); err == nil {
			showMarked("> ", headers)
		}
	}
	peer := ""
	note := func(code int) {
		fmt.Print(strings.NewReplacer("%{http_code}", fmt.Sprintf("%03d", code), "%{response_code}", fmt.Sprintf("%03d", code),
			"%{remote_ip}", peer, `\n`, "\n").Replace(asked.writeOut))
	}
	received, err := asked.client(source, &peer).Do(sent)
	if err != nil {
		note(0)
		return codeOf(err), err
	}
	defer received.Body.Close()
	if asked.fail && received.StatusCode >= http.StatusBadRequest {
		note(received.StatusCode)
		return 22, fmt.Errorf("the requested URL returned error: %d", received.StatusCode)
	}
	err = asked.show(received)
	note(received.StatusCode)
	if err != nil {
		return codeOf(err), err
	}
	return 0, nil
}

func (asked request) toSend(url string) (*http.Request, error) {
	if !strings.Contains(url, "://") {
		url = "http://" + url
	}
	method, body := http.MethodGet, io.Reader(nil)
	switch {
	case asked.data != nil:
		method, body = http.MethodPost, strings.NewReader(strings.Join(asked.data, "&"))
	case asked.head:
		method = http.MethodHead
	}
	if asked.method != "" {
		method = asked.method
	}
	sent, err := http.NewRequest(method, url, body)
	if err != nil {
		return nil, err
	}
	sent.Header.Set("User-Agent", asked.agent)
	sent.Header.Set("Accept", "*/*")
	if asked.data != nil {
		sent.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, header := range asked.headers {
		name, value, _ := strings.Cut(header, ":")
		sent.Header.Set(name, strings.TrimSpace(value))
		if strings.EqualFold(name, "host") {
			sent.Host = strings.TrimSpace(value)
		}
	}
	return sent, nil
}

// client stores in `peer` whom it last connected to.
func (asked request) client(source net.Addr, peer *string) *http.Client {
	dialer := net.Dialer{Timeout: seconds(asked.connectTimeout), LocalAddr: source}
	connect := func(ctx context.Context, _, address string) (net.Conn, error) {
		for _, rule := range asked.resolve {
			parts := strings.SplitN(rule, ":", 3)
			if len(parts) == 3 && address == net.JoinHostPort(parts[0], parts[1]) {
				address = net.JoinHostPort(parts[2], parts[1])
			}
		}
		connection, err := dialer.DialContext(ctx, networkOf(false, asked.only4, asked.only6), address)
		if err == nil {
			*peer, _, _ = net.SplitHostPort(connection.RemoteAddr().String())
		}
		return connection, err
	}
	client := &http.Client{
		Timeout: seconds(asked.maxTime),
		Transport: &http.Transport{
			DialContext:        connect,
			DisableCompression: true,
			TLSClientConfig:    &tls.Config{InsecureSkipVerify: asked.insecure},
		},
	}
	if !asked.location {
		client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	}
	return client
}

// sourceAddress is the address to send from: given itself, or by the name of its interface.
func (asked request) sourceAddress() (net.Addr, error) {
	address := net.ParseIP(asked.source)
	if address == nil && asked.source != "" {
		device, err := net.InterfaceByName(asked.source)
		if err != nil {
			return nil, err
		}
		addresses, err := device.Addrs()
		if err != nil || len(addresses) == 0 {
			return nil, fmt.Errorf("%s has no address", asked.source)
		}
		address, _, _ = net.ParseCIDR(addresses[0].String())
	}
	if address == nil && asked.sourcePort == 0 {
		return nil, nil
	}
	return &net.TCPAddr{IP: address, Port: asked.sourcePort}, nil
}

func seconds(count float64) time.Duration { return time.Duration(count * float64(time.Second)) }

// codeOf is curl's exit code for an error: https://curl.se/libcurl/c/libcurl-errors.html
func codeOf(err error) int {
	var (
		name        *net.DNSError
		timeout     net.Error
		certificate *tls.CertificateVerificationError
		operation   *net.OpError
	)
	switch {
	case errors.As(err, &name):
		return 6
	case errors.As(err, &timeout) && timeout.Timeout():
		return 28
	case errors.As(err, &certificate):
		return 60
	case errors.As(err, &operation) && operation.Op == "dial":
		return 7
	case errors.Is(err, io.EOF):
		return 52
	}
	return 56
}

func showMarked(mark string, text []byte) {
	for _, line := range strings.Split(strings.TrimRight(string(text), "\r\n"), "\r\n") {
		fmt.Fprintln(os.Stderr, mark+line)
	}
}

func (asked request) show(received *http.Response) error {
	headers, err := httputil.DumpResponse(received, false)
	if err != nil {
		return err
	}
	if asked.verbose {
		showMarked("< ", headers)
	}
	target := os.Stdout
	if asked.output != "" {
		if target, err = os.Create(asked.output); err != nil {
			return err
		}
		defer target.Close()
	}
	if asked.include || asked.head {
		if _, err := target.Write(headers); err != nil {
			return err
		}
	}
	_, err = io.Copy(target, received.Body)
	return err
}

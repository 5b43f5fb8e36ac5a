package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"time"

	"github.com/spf13/pflag"
)

// nc sends its input to an address, or to who connects to it, and prints what comes back. https://man.openbsd.org/nc.1
func nc() {
	var call netcat
	pflag.BoolVarP(&call.listens, "listen", "l", false, "listen rather than connect")
	pflag.BoolVarP(&call.udp, "udp", "u", false, "UDP rather than TCP")
	pflag.BoolVarP(&call.onlyConnects, "zero", "z", false, "only connect, without sending data")
	pflag.BoolVarP(&call.verbose, "verbose", "v", false, "say whether it connected")
	pflag.BoolVarP(&call.shutsDown, "shutdown", "N", false, "close the sending side at the end of the input")
	seconds := pflag.IntP("wait", "w", 0, "give up after so many seconds without a connection or data")
	pflag.IntVarP(&call.port, "port", "p", 0, "the port to send from, or to listen at")
	only4 := pflag.BoolP("ipv4", "4", false, "IPv4 only")
	only6 := pflag.BoolP("ipv6", "6", false, "IPv6 only")
	// Accepted, because nothing here depends on them.
	pflag.BoolP("telnet", "t", false, "")
	pflag.BoolP("numeric", "n", false, "")
	pflag.Parse()
	call.idle = time.Duration(*seconds) * time.Second
	call.network = networkOf(call.udp, *only4, *only6)
	if err := call.run(pflag.Args()); err != nil {
		fmt.Fprintf(os.Stderr, "nc: %v\n", err)
		os.Exit(1)
	}
}

type netcat struct {
	listens, udp, onlyConnects, verbose, shutsDown bool

	network string
	port    int
	// How long it waits for a connection, or for data.
	idle time.Duration
}

// networkOf is the name that Go gives a protocol and the kind of addresses.
func networkOf(udp, only4, only6 bool) string {
	name := "tcp"
	if udp {
		name = "udp"
	}
	switch {
	case only4:
		name += "4"
	case only6:
		name += "6"
	}
	return name
}

func (call netcat) run(args []string) error {
	connection, err := call.open(args)
	if err != nil {
		return err
	}
	defer connection.Close()
	if call.onlyConnects {
		return nil
	}
	go call.send(connection)
	return call.receive(connection)
}

func (call netcat) open(args []string) (net.Conn, error) {
	if call.listens {
		return call.accept(args)
	}
	if len(args) != 2 {
		return nil, errors.New("usage: nc [options] HOST PORT, or nc -l PORT")
	}
	dialer := net.Dialer{Timeout: call.idle}
	switch {
	case call.port != 0 && call.udp:
		dialer.LocalAddr = &net.UDPAddr{Port: call.port}
	case call.port != 0:
		dialer.LocalAddr = &net.TCPAddr{Port: call.port}
	}
	connection, err := dialer.Dial(call.network, net.JoinHostPort(args[0], args[1]))
	if err == nil && call.verbose {
		fmt.Fprintf(os.Stderr, "Connection to %s %s port [%s/*] succeeded!\n", args[0], args[1], call.network)
	}
	return connection, err
}

func (call netcat) accept(args []string) (net.Conn, error) {
	address := ":" + strconv.Itoa(call.port)
	if len(args) > 0 {
		address = ":" + args[len(args)-1]
	}
	if call.udp {
		socket, err := net.ListenPacket(call.network, address)
		if err != nil {
			return nil, err
		}
		return firstPeer(socket)
	}
	listener, err := net.Listen(call.network, address)
	if err != nil {
		return nil, err
	}
	defer listener.Close()
	return listener.Accept()
}

// firstPeer prints what arrives first at a UDP socket, and answers who sent it.
func firstPeer(socket net.PacketConn) (net.Conn, error) {
	data := make([]byte, mostBytes)
	count, peer, err := socket.ReadFrom(data)
	if err != nil {
		return nil, err
	}
	_, _ = os.Stdout.Write(data[:count])
	address, err := net.ResolveUDPAddr("udp", socket.LocalAddr().String())
	if err != nil {
		return nil, err
	}
	if err := socket.Close(); err != nil {
		return nil, err
	}
	return net.DialUDP("udp", address, peer.(*net.UDPAddr))
}

// mostBytes is more than a UDP packet can carry.
const mostBytes = 64 * 1024

func (call netcat) send(connection net.Conn) {
	_, _ = io.Copy(connection, os.Stdin)
	if tcp, ok := connection.(*net.TCPConn); ok && call.shutsDown {
		_ = tcp.CloseWrite()
	}
}

// receive prints what arrives until the other side ends, or nothing arrives any more, which is no failure.
func (call netcat) receive(connection net.Conn) error {
	data := make([]byte, mostBytes)
	for {
		if call.idle > 0 {
			_ = connection.SetReadDeadline(time.Now().Add(call.idle))
		}
		count, err := connection.Read(data)
		_, _ = os.Stdout.Write(data[:count])
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, os.ErrDeadlineExceeded):
			return nil
		case err != nil:
			return err
		}
	}
}

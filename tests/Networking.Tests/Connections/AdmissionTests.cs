using System.Threading;
using System.Threading.Tasks;
using Chain.Networking.Wire;

namespace Chain.Networking.Tests.Connections;

/// <summary>Admission by key, live.</summary>
public sealed class AdmissionTests
{
    [Fact]
    public async Task Dialler_notAdmitted_isRefusedAndTold()
    {
        await using TestNode left = await TestNode.StartAsync(0);
        TestAdmission admission = new();
        admission.Refuse(left.Id);
        await using TestNode right = await TestNode.StartAsync(1, admission: admission);

        left.Network.SetDialTargets([right.Address]);
        await Hang.UntilAsync(() => left.Network.Counters.Refused[(int)EndReason.NotAdmitted] > 0, "the refusal");
        Assert.Empty(left.Handler.Connected);

        // Admitted by a later block, it comes in by itself.
        admission.Admit(left.Id);
        await Hang.UntilAsync(() => left.IsConnectedTo(right), "the connection");
    }

    [Fact]
    public async Task Peer_noLongerAdmitted_isDisconnectedAtTheRecheck()
    {
        await using TestNode left = await TestNode.StartAsync(0);
        await using TestNode right = await TestNode.StartAsync(1);
        await using TestNode other = await TestNode.StartAsync(2);
        await left.DialAsync(right);
        await other.DialAsync(right);

        right.Admission.Refuse(left.Id);
        right.Network.RecheckAdmission();

        await Hang.UntilAsync(() => left.Network.Counters.Ended[(int)EndReason.NotAdmitted] > 0, "the reason at the other side");
        await Hang.UntilAsync(() => right.Handler.Disconnected.Count == 1, "the end");
        Assert.False(right.IsConnectedTo(left));
        Assert.True(right.IsConnectedTo(other));
    }

    [Fact]
    public async Task Peer_revokedDuringItsHandshake_isDisconnectedWithoutARecheck()
    {
        int asked = 0;
        TestAdmission admission = new() { Judgement = () => Interlocked.Increment(ref asked) == 1 };
        await using TestNode node = await TestNode.StartAsync(0, admission: admission);

        await using RawPeer peer = await RawPeer.JoinAsync(node, 5);

        Assert.Equal(EndReason.NotAdmitted, (await peer.ReadGoodbyeAsync()).Reason);
        await Hang.UntilAsync(() => node.Network.Counters.Ended[(int)EndReason.NotAdmitted] == 1, "the end");
    }

    [Fact]
    public async Task Key_namedByOperatorOnly_mayBeDialledButMayNotDial()
    {
        await using TestNode left = await TestNode.StartAsync(0);
        await using TestNode right = await TestNode.StartAsync(1);
        left.Admission.Refuse(right.Id);
        left.Admission.Name(right.Id);

        right.Network.SetDialTargets([left.Address]);
        await Hang.UntilAsync(() => right.Network.Counters.Refused[(int)EndReason.NotAdmitted] > 0, "the refusal");
        Assert.Empty(left.Handler.Connected);

        right.Network.SetDialTargets([]);
        await left.DialAsync(right);
        left.Network.RecheckAdmission();
        Assert.True(left.IsConnectedTo(right));
    }

    [Fact]
    public async Task Strangers_neverScored_cannotFillTheBook()
    {
        await using TestNode node = await TestNode.StartAsync(0);
        using Primitives.Crypto.PrivateKey key = TestNode.Key(5);
        node.Admission.Refuse(key.PublicKey.Address);
        using System.Security.Cryptography.X509Certificates.X509Certificate2 certificate = Networking.Tls.NodeCertificate.Create(key);
        await using RawPeer peer = await RawPeer.DialAsync(node, certificate);

        await peer.SendAsync(RawPeer.Frame(FrameHeader.ControlChannel, [0xc1]));

        Assert.Equal(EndReason.Fault, (await peer.ReadGoodbyeAsync()).Reason);
        Assert.Equal(0, node.Network.Counters.Bans);
    }
}

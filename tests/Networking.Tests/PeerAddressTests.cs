using Chain.Primitives.Bytes;

namespace Chain.Networking.Tests;

public sealed class PeerAddressTests
{
    private const string Id = "00112233445566778899aabbccddeeff00112233";

    [Theory]
    [InlineData("10.0.0.1:26656", "10.0.0.1", 26656)]
    [InlineData("node-1.example.org:1", "node-1.example.org", 1)]
    [InlineData("localhost:65535", "localhost", 65535)]
    [InlineData("[::1]:26656", "::1", 26656)]
    public void Address_wellFormed_parsesAndPrintsTheSame(string hostAndPort, string host, int port)
    {
        Assert.True(PeerAddress.TryParse($"{Id}@{hostAndPort}", out PeerAddress? address, out string error), error);
        Assert.Equal((host, port), (address!.Host, address.Port));
        Assert.Equal(Id, Hex.Lower(address.Id.Span));
        Assert.Equal($"{Id}@{hostAndPort}", address.ToString());
    }

    [Theory]
    [InlineData("", "not of the form")]
    [InlineData(Id, "not of the form")]
    [InlineData("10.0.0.1:26656", "not of the form")]
    [InlineData(Id + "@10.0.0.1", "not of the form")]
    [InlineData("0011@10.0.0.1:26656", "node id '0011'")]
    [InlineData("zz112233445566778899aabbccddeeff00112233@h:1", "node id")]
    [InlineData(Id + "@:26656", "host name")]
    [InlineData(Id + "@::1:26656", "brackets")]
    [InlineData(Id + "@[10.0.0.1]:26656", "host name")]
    [InlineData(Id + "@a b:26656", "host name")]
    [InlineData(Id + "@h:0", "port '0'")]
    [InlineData(Id + "@h:65536", "port '65536'")]
    [InlineData(Id + "@h:+1", "port '+1'")]
    [InlineData(Id + "@h:", "port ''")]
    public void Address_malformed_saysWhatIsWrong(string text, string part)
    {
        Assert.False(PeerAddress.TryParse(text, out PeerAddress? address, out string error));
        Assert.Null(address);
        Assert.Contains(part, error, System.StringComparison.Ordinal);
    }
}

using System.Text.Json;
using System.Threading.Tasks;
using Chain.Node.Tests.Rpc;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;

namespace Chain.Node.Tests.Queries;

public sealed class AdmissionQueryTests
{
    private static readonly PublicKey Key = PublicKey.From(Sha256.Hash([1]).Span);
    private static readonly PublicKey NodeKey = PublicKey.From(Sha256.Hash([2]).Span);
    private static readonly Address Provider = Address.From(Sha256.Hash([3]).Span[..Address.Size]);

    [Fact]
    public async Task Seats_and_requests_are_listed()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync(blockCount: 0);
        fixture.Chain.Add([], state =>
        {
            Parameters.Store(state, Parameters.Devnet);
            Seats.Store(state, new Seat(Key, Provider, NodeKey, MarketTime.Never));
            SeatRequests.Store(state, Provider, new SeatRequest(NodeKey, Key, new MarketTime(77)));
        });
        JsonElement seats = await fixture.ObjectAsync("/market/seats");
        Assert.Equal(
            $$"""{"seats":[{"provider":"{{Provider}}","consensus_address":"{{Key.Address.ToHex()}}","consensus_key":"{{Hex.Lower(Key.Span)}}" """.TrimEnd()
                + $$""","node_key":"{{Hex.Lower(NodeKey.Span)}}","expires":"never","power":"10"}],"next_cursor":""}""",
            seats.GetRawText());
        JsonElement request = (await fixture.ObjectAsync("/market/seat_requests")).GetProperty("seat_requests")[0];
        Assert.Equal(Provider.ToString(), request.GetProperty("provider").GetString());
        Assert.Equal("77", request.GetProperty("due").GetString());
    }

    [Fact]
    public async Task Accesses_and_requests_are_listed_by_node_key()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync(blockCount: 0);
        fixture.Chain.Add([], state =>
        {
            Accesses.Store(state, NodeKey, new MarketTime(88));
            AccessRequests.Store(state, Key, new AccessRequest(Provider, new MarketTime(99), 5));
        });
        Assert.Equal(
            $$"""{"accesses":[{"node_key":"{{Hex.Lower(NodeKey.Span)}}","expires":"88"}],"next_cursor":""}""",
            (await fixture.ObjectAsync("/market/accesses")).GetRawText());
        JsonElement request = (await fixture.ObjectAsync("/market/access_requests")).GetProperty("access_requests")[0];
        Assert.Equal(Hex.Lower(Key.Span), request.GetProperty("node_key").GetString());
        Assert.Equal(Provider.ToString(), request.GetProperty("sender").GetString());
    }

    [Fact]
    public async Task Open_proposals_are_listed_and_found_by_hash()
    {
        await using RpcFixture fixture = await RpcFixture.StartAsync(blockCount: 0);
        Admit proposal = Admit.GrantAccreditation(Provider, Accreditations.SchemaScope(2), new MarketTime(500));
        fixture.Chain.Add([], state => OpenAdmissions.Store(state, new OpenAdmission(proposal, Provider, new MarketTime(400), [Provider])));
        JsonElement listed = (await fixture.ObjectAsync("/market/admissions")).GetProperty("admissions")[0];
        JsonElement found = await fixture.ObjectAsync($"/market/admission/{proposal.Id}");
        Assert.Equal(listed.GetRawText(), found.GetRawText());
        Assert.Equal("accreditation", found.GetProperty("subject").GetString());
        Assert.Equal("grant", found.GetProperty("action").GetString());
        Assert.Equal("schema:2", found.GetProperty("scope").GetString());
        Assert.Equal("500", found.GetProperty("expires").GetString());
        Assert.Equal(Provider.ToString(), found.GetProperty("voters")[0].GetString());
    }
}

using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Chain.Client.Errors;
using Chain.Client.Light;
using Chain.Consensus.Light;
using Chain.Consensus.Tests.Light;
using Chain.Primitives.Blocks;

namespace Chain.Client.Tests.Light;

public sealed class LightClientTests
{
    private static readonly ValidatorSet Old = LightChain.SetOf(1, 2, 3, 4);
    private static readonly ValidatorSet New = LightChain.SetOf(11, 12, 13, 14);

    /// <summary>Heights 1 to 5 by the old validators, 6 to 16 by the new ones.</summary>
    private static readonly LightBlock[] Honest = LightChain.Chain([.. Enumerable.Repeat(Old, 5), .. Enumerable.Repeat(New, 11)]);

    private readonly FixedTime _time = new(LightChain.Start.AddMs(LightChain.HourMs));
    private readonly MemoryLightStore _store = new();
    private readonly ChainSource _primary = new("primary", Honest);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sync_follows_replaced_validators_and_keeps_what_it_verified()
    {
        LightClient client = await StartedAsync();
        LightSync sync = await client.SyncAsync(null, Cancel);
        Assert.Equal([1L, 4L, 5L, 6L, 16L], sync.Path.Select(block => block.Height.Value));
        Assert.Equal(Honest[15], sync.Trusted);
        Assert.Equal([1L, 4L, 5L, 6L, 16L], _store.Blocks.Select(block => block.Height.Value));

        _primary.Asked.Clear();
        Assert.Equal(Honest[4], (await client.SyncAsync(new Height(5), Cancel)).Trusted);
        Assert.Empty(_primary.Asked);
        Assert.Equal(Honest[9], (await client.SyncAsync(new Height(10), Cancel)).Trusted);
        Assert.Equal([10L], _primary.Asked);
    }

    [Fact]
    public async Task Sync_goes_below_the_first_trusted_block_by_hashes()
    {
        LightClient client = NewClient();
        await client.TrustAsync(new Height(8), Honest[7].Header.Hash(), Cancel);
        LightSync sync = await client.SyncAsync(new Height(6), Cancel);
        Assert.Equal((Honest[5], 2), (sync.Trusted, sync.Path.Count));
        Assert.Equal([6L, 8L], _store.Blocks.Select(block => block.Height.Value));
        await RefusesAsync(ClientErrorCode.HeaderInvalid, () => client.SyncAsync(new Height(0), Cancel));
    }

    [Fact]
    public async Task Sync_below_with_a_header_that_is_not_the_parent_is_refused()
    {
        LightBlock[] other = LightChain.Chain("fork", Enumerable.Repeat(Old, 16).ToArray());
        LightClient client = NewClient(new ChainSource("liar", [.. other[..6], .. Honest[6..]]));
        await client.TrustAsync(new Height(8), Honest[7].Header.Hash(), Cancel);
        await RefusesAsync(ClientErrorCode.HeaderInvalid, () => client.SyncAsync(new Height(5), Cancel));
        Assert.Single(_store.Blocks);
    }

    [Fact]
    public async Task Trust_in_another_hash_is_refused_and_nothing_is_kept()
    {
        await RefusesAsync(
            ClientErrorCode.HeaderInvalid, () => NewClient().TrustAsync(new Height(1), Honest[1].Header.Hash(), Cancel));
        Assert.Empty(_store.Blocks);
        await RefusesAsync(ClientErrorCode.TrustMissing, () => NewClient().SyncAsync(null, Cancel));
    }

    [Fact]
    public async Task Trust_in_a_block_whose_commit_does_not_hold_is_refused()
    {
        LightBlock unsigned = LightChain.Signed(Honest[0].Header, Old, [1]);
        LightClient client = NewClient(new ChainSource("liar", [unsigned]));
        await RefusesAsync(
            ClientErrorCode.HeaderInvalid, () => client.TrustAsync(new Height(1), unsigned.Header.Hash(), Cancel));
        LightBlock others = Honest[0] with { Validators = New };
        await RefusesAsync(ClientErrorCode.HeaderInvalid, () => NewClient(new ChainSource("liar", [others]))
            .TrustAsync(new Height(1), others.Header.Hash(), Cancel));
    }

    [Fact]
    public async Task Trust_given_again_must_agree_with_what_was_verified()
    {
        LightClient client = await StartedAsync();
        Assert.Equal(Honest[7], await client.TrustAsync(new Height(8), Honest[7].Header.Hash(), Cancel));
        await RefusesAsync(
            ClientErrorCode.HeaderInvalid, () => client.TrustAsync(new Height(9), Honest[7].Header.Hash(), Cancel));
    }

    [Fact]
    public async Task Trust_that_expired_stops_the_client_until_new_trust_is_given()
    {
        LightClient client = await StartedAsync();
        _time.Now = LightChain.Start.AddMs(3 * LightChain.HourMs);
        await RefusesAsync(ClientErrorCode.TrustExpired, () => client.SyncAsync(null, Cancel));
        await RefusesAsync(ClientErrorCode.TrustExpired, () => client.TrustAsync(new Height(1), Honest[0].Header.Hash(), Cancel));
        Assert.Equal(Honest[15], await client.TrustAsync(new Height(16), Honest[15].Header.Hash(), Cancel));
        Assert.Equal([16L], _store.Blocks.Select(block => block.Height.Value));
    }

    [Fact]
    public async Task Primary_that_lies_is_refused_and_nothing_is_kept()
    {
        LightBlock forged = LightChain.Signed(Honest[15].Header with { AppHash = default }, New, [11]);
        LightClient client = await StartedAsync(new ChainSource("liar", [.. Honest[..15], forged]));
        await RefusesAsync(ClientErrorCode.HeaderInvalid, () => client.SyncAsync(null, Cancel));
        Assert.Single(_store.Blocks);
    }

    [Fact]
    public async Task Header_from_the_future_is_refused()
    {
        LightClient client = await StartedAsync();
        _time.Now = LightChain.Start.AddMs(-60_000);
        await RefusesAsync(ClientErrorCode.HeaderInvalid, () => client.SyncAsync(null, Cancel));
    }

    [Fact]
    public async Task Witness_that_agrees_confirms_even_when_it_is_slow_or_another_is_away()
    {
        ChainSource away = new("away", Honest) { Length = 3 };
        LightClient client = await StartedAsync(null, away, new ChainSource("good", Honest));
        LightSync sync = await client.SyncAsync(null, Cancel);
        Assert.Equal([WitnessState.Unavailable, WitnessState.Agrees], sync.Witnesses.Select(report => report.State));
        Assert.Equal(4, away.Asked.Count);
        Assert.Null(sync.Conflict);
    }

    [Fact]
    public async Task Witnesses_of_whom_none_confirms_are_an_error_and_nothing_is_kept()
    {
        LightBlock forged = LightChain.Signed(Honest[15].Header with { AppHash = default }, New, [11]);
        LightClient client = await StartedAsync(
            null, new ChainSource("away", Honest) { Length = 3 }, new ChainSource("liar", [.. Honest[..15], forged]));
        await RefusesAsync(ClientErrorCode.WitnessMissing, () => client.SyncAsync(null, Cancel));
        Assert.Single(_store.Blocks);
    }

    [Fact]
    public async Task Witness_that_proves_another_header_shows_the_fork_and_nothing_is_kept()
    {
        LightBlock[] fork = [.. Honest[..6], .. LightChain.Chain(
            "fork", [.. Enumerable.Repeat(Old, 5), .. Enumerable.Repeat(New, 11)])[6..]];
        LightClient client = await StartedAsync(null, new ChainSource("good", Honest), new ChainSource("other", fork));
        LightSync sync = await client.SyncAsync(null, Cancel);
        Assert.Null(sync.Trusted);
        Assert.Equal((Honest[15], fork[15], new Height(6)), (sync.Conflict!.Primary, sync.Conflict.Witness, sync.Conflict.CommonHeight));
        Assert.Equal(ConflictKind.Lunatic, sync.Conflict.Kind);
        Assert.Single(_store.Blocks);
    }

    [Fact]
    public async Task Store_keeps_a_bounded_number_of_the_newest_blocks()
    {
        int count = LightClient.StoredBlocksMax + 5;
        LightBlock[] chain = LightChain.Chain(Enumerable.Repeat(Old, count).ToArray());
        LightClient client = await StartedAsync(new ChainSource("primary", chain));
        for (int height = 2; height <= count; height++) await client.SyncAsync(new Height(height), Cancel);
        Assert.Equal(LightClient.StoredBlocksMax, _store.Blocks.Count);
        Assert.Equal(count, _store.Blocks[^1].Height.Value);
    }

    [Fact]
    public void Options_out_of_bounds_are_refused() =>
        Assert.Throws<ClientException>(() => new LightClient(
            LightChain.Options with { TrustLevel = new TrustLevel(1, 4) }, _store, _primary, [], _time));

    [Fact]
    public async Task File_store_gives_back_what_was_saved_and_refuses_what_was_changed()
    {
        string folder = Directory.CreateTempSubdirectory("chain-light-").FullName;
        try
        {
            string file = Path.Combine(folder, "deep", "light.json");
            LightClient client = new(LightChain.Options, new LightStoreFile(file), _primary, [], _time);
            await client.TrustAsync(new Height(1), Honest[0].Header.Hash(), Cancel);
            await client.SyncAsync(null, Cancel);

            LightStoreFile again = new(file);
            Assert.Equal([1L, 4L, 5L, 6L, 16L], again.Blocks.Select(block => block.Height.Value));
            Assert.Equal(Honest[15].Header, again.Blocks[^1].Header);
            Assert.Equal(LightCode.Valid, HeaderVerifier.CheckWhole(LightChain.ChainId, again.Blocks[^1]));

            string text = await File.ReadAllTextAsync(file, Cancel);
            string[] damaged = ["", "{}", "[]", text.Replace("light/1", "light/2"), text[..^20], text.Replace("\"block\": \"", "\"block\": \"AAAA")];
            foreach (string bad in damaged)
            {
                await File.WriteAllTextAsync(file, bad, Cancel);
                Assert.Equal(ClientErrorCode.BadInput, Assert.Throws<ClientException>(() => new LightStoreFile(file)).Error.Code);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<LightClient> StartedAsync(ILightSource? primary = null, params ILightSource[] witnesses)
    {
        LightClient client = NewClient(primary, witnesses);
        await client.TrustAsync(new Height(1), Honest[0].Header.Hash(), Cancel);
        return client;
    }

    private LightClient NewClient(ILightSource? primary = null, params ILightSource[] witnesses) =>
        new(LightChain.Options, _store, primary ?? _primary, witnesses, _time);

    private static async Task RefusesAsync(ClientErrorCode expected, System.Func<Task> act) =>
        Assert.Equal(expected, (await Assert.ThrowsAsync<ClientException>(act)).Error.Code);
}

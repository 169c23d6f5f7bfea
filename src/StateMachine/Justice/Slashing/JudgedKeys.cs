using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Justice.Cases;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Justice.Slashing;

/// <summary>
/// One mark for each matter that was brought up, so that nothing is judged or punished twice. Marks stay for good: each cost a bond
/// or proved a fault. Double votes of validators have their own, <see cref="Registry.SlashKeys"/>.
/// </summary>
public static class JudgedKeys
{
    private const string CaseDomain = "chain/matter/case/1";
    private const string FaultDomain = "chain/matter/fault/1";
    private static readonly byte[] Mark = [0x91, 0x01];

    /// <summary>The key of what one claimant has against one thing.</summary>
    public static Hash256 OfCase(CaseTarget target, in Hash256 reference, in Address claimant) => Sha256.Hash(
        new MessagePackWriter().Array(4).Str(CaseDomain).UInt((ulong)target).Bin(reference).Bin(claimant).Written);

    /// <summary>The key of one fault: who, in which kind of statement, about what, in which epoch.</summary>
    public static Hash256 OfFault(in Address offender, StatementKind kind, in Hash256 reference, ulong epoch) => Sha256.Hash(
        new MessagePackWriter().Array(5).Str(FaultDomain).Bin(offender).UInt((ulong)kind).Bin(reference).UInt(epoch).Written);

    public static bool IsTaken(IStateReader state, in Hash256 matter) =>
        state.Get(StoreId.Market, Schema.Key(JusticeSchema.Judged, matter)) is not null;

    public static void Take(StateOverlay state, in Hash256 matter) =>
        state.Put(StoreId.Market, Schema.Key(JusticeSchema.Judged, matter), Mark);
}

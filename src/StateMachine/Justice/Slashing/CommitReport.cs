using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Justice.Slashing;

/// <summary>Announces a report without saying what it is, so that nobody who sees it can send it first.</summary>
/// <param name="Commit">As <see cref="Of"/> makes it.</param>
public sealed record CommitReport(Hash256 Commit) : Message
{
    public const int FieldCount = 1;

    private const string Domain = "chain/report/1";

    public override MessageKind Kind => MessageKind.Slash;

    public override void WriteFields(ref MessagePackWriter writer) => writer.Bin(Commit);

    public static Message Read(ref MessagePackReader reader) => new CommitReport(reader.Hash256());

    /// <summary>Bound to chain and reporter.</summary>
    public static Hash256 Of(string chainId, in Address reporter, in Hash256 matter, in Hash256 salt) => Sha256.Hash(
        new MessagePackWriter().Array(5).Str(Domain).Str(chainId).Bin(reporter).Bin(matter).Bin(salt).Written);
}

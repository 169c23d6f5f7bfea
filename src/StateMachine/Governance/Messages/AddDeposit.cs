using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Governance.Messages;

/// <summary>The sender adds to the deposit of a proposal that does not have enough.</summary>
/// <param name="Amount">ncredit, at least a tenth of <c>proposal_deposit_min</c>.</param>
public sealed record AddDeposit(ulong ProposalId, ulong Amount) : Message
{
    public const byte KindVersion = 2;
    public const int FieldCount = 2;

    public override MessageKind Kind => MessageKind.Propose;

    public override byte Version => KindVersion;

    public override void WriteFields(ref MessagePackWriter writer) => writer.UInt(ProposalId).UInt(Amount);

    public static Message Read(ref MessagePackReader reader) => new AddDeposit(reader.UInt(), reader.UInt());
}

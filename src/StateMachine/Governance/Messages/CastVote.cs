using System;
using Chain.Primitives.Codec;
using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Governance.Messages;

/// <summary>The sender speaks about a proposal, as validator, member of the panel or guardian.</summary>
/// <param name="Choice">A ballot: any. An opinion: yes or no. A delay: yes.</param>
public sealed record CastVote(VoteAction Action, ulong ProposalId, VoteChoice Choice) : Message
{
    public const int FieldCount = 3;

    public override MessageKind Kind => MessageKind.Vote;

    public override void WriteFields(ref MessagePackWriter writer) =>
        writer.UInt((ulong)Action).UInt(ProposalId).UInt((ulong)Choice);

    public static Message Read(ref MessagePackReader reader)
    {
        CastVote vote = new((VoteAction)reader.UInt8(), reader.UInt(), (VoteChoice)reader.UInt8());
        bool isWell = vote.Action switch
        {
            VoteAction.Ballot => Enum.IsDefined(vote.Choice),
            VoteAction.Opinion => vote.Choice is VoteChoice.Yes or VoteChoice.No,
            VoteAction.Delay => vote.Choice == VoteChoice.Yes,
            _ => false,
        };
        if (!isWell) reader.Fail(DecodeCode.OutOfRange);
        return vote;
    }
}

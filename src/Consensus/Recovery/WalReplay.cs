using System.Collections.Generic;
using Chain.Consensus.Core;
using Chain.Primitives.Blocks;

namespace Chain.Consensus.Recovery;

/// <summary>Brings a fresh core back to where it stood in the height that was running.</summary>
public static class WalReplay
{
    /// <summary>
    /// Feeds the records of one height in order and drops what they cause, except evidence; then appends what is outstanding
    /// (<see cref="HeightMachine.Resume"/>), which the caller carries out. Nothing is signed or sent in between. A judgement
    /// "valid" counts only when the block itself is among the records; otherwise the block is asked for again.
    /// </summary>
    /// <param name="start">Rebuilt from the state; its wait is replaced by the recorded one.</param>
    /// <param name="records">Those of other heights are passed over; without any of this height, it starts anew.</param>
    /// <param name="guard">Its last vote was sent perhaps, and stands in no record when the power failed right after.</param>
    public static void Run(
        HeightMachine machine,
        Input.HeightStarted start,
        IReadOnlyList<WalRecord> records,
        EffectList effects,
        SignGuard? guard = null)
    {
        List<BlockId> stored = [];
        WalRecord.HeightStarted? started = null;
        foreach (WalRecord record in records)
        {
            if (record.AtHeight != start.Height) continue;
            if (record is WalRecord.BlockStored block) stored.Add(block.BlockId);
            if (record is WalRecord.HeightStarted first) started ??= first;
        }
        if (started is null)
        {
            machine.Apply(start, effects);
            CountSigned(machine, start, guard, effects);
            return;
        }
        EffectList caused = new();
        machine.Apply(start with { EmptyBlockWaitMs = started.EmptyBlockWaitMs }, caused);
        foreach (WalRecord record in records)
        {
            if (record.AtHeight != start.Height || InputOf(record, stored) is not { } input) continue;
            machine.Apply(input, caused);
        }
        foreach (Effect effect in caused)
        {
            if (effect is Effect.ReportEvidence) effects.Add(effect);
        }
        EffectList counted = new();
        CountSigned(machine, start, guard, counted);
        foreach (Effect effect in counted)
        {
            if (effect is Effect.Persist { Record: WalRecord.VoteSeen } or Effect.ReportEvidence) effects.Add(effect);
        }
        machine.Resume(effects);
    }

    /// <summary>
    /// Counts the vote that the guard holds. Without it a core that cannot get the block it voted for would ask for a vote
    /// for nil, be refused, and have no vote at all in this round; when all lost their power at once, nobody would.
    /// </summary>
    private static void CountSigned(HeightMachine machine, Input.HeightStarted start, SignGuard? guard, EffectList effects)
    {
        if (guard is null || guard.Height != start.Height || machine.Self is not { } self) return;
        int index = start.Validators.IndexOf(self);
        if (index < 0 || guard.VoteOf(self, index) is not { } vote) return;
        machine.Apply(new Input.VoteReceived(vote), effects);
    }

    /// <summary>The input that wrote a record; null when the others bring its content back.</summary>
    private static Input? InputOf(WalRecord record, List<BlockId> stored) => record switch
    {
        WalRecord.WorkSeen => new Input.WorkAvailable(),
        WalRecord.ProposalSeen seen => new Input.ProposalReceived(seen.Proposal, seen.ReceivedMs),
        WalRecord.VoteSeen seen => new Input.VoteReceived(seen.Vote),
        WalRecord.ValueJudged judged when !judged.IsValid || stored.Contains(judged.BlockId) =>
            new Input.ValueValidated(judged.Height, judged.BlockId, judged.IsValid, judged.Time),
        WalRecord.TimeoutFired fired => new Input.TimeoutElapsed(fired.Timeout),
        _ => null,
    };
}

namespace Chain.StateMachine.Justice.Cases;

/// <summary>Where a case stands (marketplace.md 5.2). Each state but the last ends by itself.</summary>
public enum CaseState : byte
{
    /// <summary>Waits for the respondent; silence concedes.</summary>
    Answer = 1,

    /// <summary>Waits for the beacon to draw a jury; without one in time, nobody is ruled against.</summary>
    Drawing = 2,

    /// <summary>Jurors commit to votes.</summary>
    Commit = 3,

    /// <summary>Jurors reveal them; silence loses what was at stake.</summary>
    Reveal = 4,

    /// <summary>Ruled; either side may appeal.</summary>
    Ruled = 5,

    /// <summary>Everything is paid out. Terminal.</summary>
    Final = 6,
}

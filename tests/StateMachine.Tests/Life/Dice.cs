namespace Chain.StateMachine.Tests.Life;

/// <summary>As many throws as a step needs, all from its one number (splitmix64), so that a sequence of numbers says everything.</summary>
internal sealed class Dice(int number)
{
    private ulong _state = (uint)number;

    /// <summary>A number from 0 up to, and without, the given one.</summary>
    public uint Next(uint below)
    {
        unchecked
        {
            _state += 0x9e3779b97f4a7c15;
            ulong mixed = _state;
            mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
            return (uint)((mixed ^ (mixed >> 31)) % below);
        }
    }

    public bool OneIn(uint count) => Next(count) == 0;

    public T Of<T>(params T[] list) => list[Next((uint)list.Length)];
}
